import { AccessModel } from '../access/access-model';
import { KeyResource } from '../access/key-resource';
import { isKnown } from '../access/text/text';

/** What somebody does with a key, in a word, and the actions of AWS KMS that it consists of. */
export interface AccessVerb {
  readonly name: string;
  /** Without `kms:`. */
  readonly actions: readonly string[];
}

/** What is known of a key that decides which actions there are on it; nothing where it is not known. */
interface KeyKind {
  readonly usage?: string;
  readonly spec?: string;
  readonly origin?: string;
  readonly multiRegion?: string;
}

const ENCRYPTS = 'ENCRYPT_DECRYPT';

/**
 * The verbs for a key, each action in one of them: what the key's kind rules out is left out.
 *
 * `kms:RetireGrant` is in none, because grants and IAM decide about it and no key policy, nor is what AWS KMS does by itself.
 */
export function verbsOf(model: AccessModel, key: KeyResource): AccessVerb[] {
  const { usage, spec, origin, multiRegion } = kindOf(model, key);
  const is = (value: string | undefined, ...wanted: readonly string[]) => value === undefined || wanted.includes(value);
  const isSymmetric = is(spec, 'SYMMETRIC_DEFAULT');
  const hasPublicKey = spec === undefined ? usage !== ENCRYPTS && is(usage, 'SIGN_VERIFY', 'KEY_AGREEMENT') : !/^(SYMMETRIC|HMAC)/.test(spec);
  const isImported = is(origin, 'EXTERNAL');
  const dataKeys = ['GenerateDataKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext'];
  const verbs: AccessVerb[] = [
    {
      name: 'look',
      actions: ['DescribeKey', 'GetKeyLastUsage', 'GetKeyPolicy', 'GetKeyRotationStatus', ...hasPublicKey ? ['GetPublicKey'] : [],
        'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags'],
    },
    { name: 'encrypt', actions: is(usage, ENCRYPTS) ? ['Encrypt', ...isSymmetric ? dataKeys : [], 'ReEncryptTo'] : [] },
    { name: 'decrypt', actions: is(usage, ENCRYPTS) ? ['Decrypt', 'ReEncryptFrom'] : [] },
    { name: 'sign', actions: is(usage, 'SIGN_VERIFY') ? ['Sign'] : [] },
    { name: 'verify', actions: is(usage, 'SIGN_VERIFY') ? ['Verify'] : [] },
    { name: 'generate MAC', actions: is(usage, 'GENERATE_VERIFY_MAC') ? ['GenerateMac'] : [] },
    { name: 'verify MAC', actions: is(usage, 'GENERATE_VERIFY_MAC') ? ['VerifyMac'] : [] },
    { name: 'derive', actions: is(usage, 'KEY_AGREEMENT') ? ['DeriveSharedSecret'] : [] },
    { name: 'grant', actions: ['CreateGrant'] },
    {
      name: 'administer',
      actions: [
        'CancelKeyDeletion', 'CreateAlias', 'DeleteAlias', 'DisableKey', ...isSymmetric ? ['DisableKeyRotation'] : [], 'EnableKey',
        ...isSymmetric ? ['EnableKeyRotation'] : [], ...isImported ? ['GetParametersForImport', 'ImportKeyMaterial'] : [],
        ...is(multiRegion, 'true') ? ['ReplicateKey'] : [], 'RevokeGrant', ...isSymmetric ? ['RotateKeyOnDemand'] : [],
        'TagResource', 'UntagResource', 'UpdateAlias', 'UpdateKeyDescription', ...is(multiRegion, 'true') ? ['UpdatePrimaryRegion'] : [],
      ],
    },
    { name: 'change policy', actions: ['PutKeyPolicy'] },
    { name: 'delete', actions: [...isImported ? ['DeleteImportedKeyMaterial'] : [], 'ScheduleKeyDeletion'] },
  ];
  return verbs.filter(({ actions }) => actions.length > 0);
}

/** A replica is of the kind of its primary, which the templates may make as well. */
function kindOf(model: AccessModel, key: KeyResource): KeyKind {
  const family = [key, ...model.keys.filter(({ id }) => id === key.id)];
  const of = (name: string) => family.flatMap(({ conditionKeys }) => conditionKeys.get(name) ?? []).find(isKnown);
  return { usage: of('kms:keyusage'), spec: of('kms:keyspec'), origin: of('kms:keyorigin'), multiRegion: of('kms:multiregion') };
}
