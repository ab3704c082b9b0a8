/**
 * The condition keys that each action of AWS KMS carries; under any other a statement never matches. Names without a prefix are of AWS KMS.
 *
 * From the Service Authorization Reference (kms-facts §3.3) and the table of permissions in the developer guide of AWS KMS,
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
const SPEC = ['CustomerMasterKeySpec', 'CustomerMasterKeyUsage', 'KeyOrigin', 'KeySpec', 'KeyUsage', 'MultiRegion', 'MultiRegionKeyType'];
const OF_A_KEY = ['CallerAccount', ...SPEC, 'ResourceAliases', 'ViaService', 'aws:ResourceTag/team'];
const CONTEXT = ['EncryptionContext:app', 'EncryptionContextKeys'];
const ENCRYPTS = [...OF_A_KEY, ...CONTEXT, 'EncryptionAlgorithm', 'RequestAlias'];
const ATTESTATION = ['RecipientAttestation:ImageSha384', 'RecipientAttestation:PCR0'];
const OF_A_STORE = ['CallerAccount'];
const MAC = [...OF_A_KEY, 'MacAlgorithm', 'RequestAlias'];
const SIGNATURE = [...OF_A_KEY, 'MessageType', 'SigningAlgorithm', 'RequestAlias'];

export const CONDITION_KEYS: Readonly<Record<string, readonly string[]>> = {
  CancelKeyDeletion: OF_A_KEY,
  ConnectCustomKeyStore: OF_A_STORE,
  CreateAlias: OF_A_KEY,
  CreateCustomKeyStore: OF_A_STORE,
  CreateGrant: [
    ...OF_A_KEY, ...CONTEXT, 'GrantConstraintSourceArn', 'GrantConstraintType', 'GrantIsForAWSResource', 'GrantOperations', 'GranteePrincipal',
    'GranteeServicePrincipal', 'RetiringPrincipal', 'RetiringServicePrincipal',
  ],
  CreateKey: [...SPEC, 'BypassPolicyLockoutSafetyCheck', 'CallerAccount', 'ViaService', 'aws:RequestTag/team', 'aws:ResourceTag/team', 'aws:TagKeys'],
  Decrypt: [...ENCRYPTS, ...ATTESTATION],
  DeleteAlias: OF_A_KEY,
  DeleteCustomKeyStore: OF_A_STORE,
  DeleteImportedKeyMaterial: OF_A_KEY,
  DeriveSharedSecret: [...OF_A_KEY, ...ATTESTATION, 'KeyAgreementAlgorithm', 'RequestAlias'],
  DescribeCustomKeyStores: OF_A_STORE,
  DescribeKey: [...OF_A_KEY, 'RequestAlias'],
  DisableKey: [...OF_A_KEY, 'TrailingDaysWithoutKeyUsage'],
  DisableKeyRotation: OF_A_KEY,
  DisconnectCustomKeyStore: OF_A_STORE,
  EnableKey: OF_A_KEY,
  EnableKeyRotation: [...OF_A_KEY, 'RotationPeriodInDays'],
  Encrypt: ENCRYPTS,
  GenerateDataKey: [...ENCRYPTS, ...ATTESTATION],
  GenerateDataKeyPair: [...ENCRYPTS, ...ATTESTATION, 'DataKeyPairSpec'],
  GenerateDataKeyPairWithoutPlaintext: [...ENCRYPTS, 'DataKeyPairSpec'],
  GenerateDataKeyWithoutPlaintext: ENCRYPTS,
  GenerateMac: MAC,
  GenerateRandom: ATTESTATION,
  GetKeyLastUsage: OF_A_KEY,
  GetKeyPolicy: OF_A_KEY,
  GetKeyRotationStatus: OF_A_KEY,
  GetParametersForImport: [...OF_A_KEY, 'WrappingAlgorithm', 'WrappingKeySpec'],
  GetPublicKey: [...OF_A_KEY, 'RequestAlias'],
  ImportKeyMaterial: [...OF_A_KEY, 'ExpirationModel', 'ValidTo'],
  ListAliases: [],
  ListGrants: [...OF_A_KEY, 'GrantIsForAWSResource'],
  ListKeyPolicies: OF_A_KEY,
  ListKeyRotations: OF_A_KEY,
  ListKeys: [],
  ListResourceTags: OF_A_KEY,
  ListRetirableGrants: [],
  PutKeyPolicy: [...OF_A_KEY, 'BypassPolicyLockoutSafetyCheck'],
  ReEncryptFrom: [...ENCRYPTS, 'ReEncryptOnSameKey'],
  ReEncryptTo: [...ENCRYPTS, 'ReEncryptOnSameKey'],
  ReplicateKey: [...OF_A_KEY, 'ReplicaRegion'],
  RevokeGrant: [...OF_A_KEY, 'GrantIsForAWSResource'],
  RotateKeyOnDemand: OF_A_KEY,
  ScheduleKeyDeletion: [...OF_A_KEY, 'ScheduleKeyDeletionPendingWindowInDays', 'TrailingDaysWithoutKeyUsage'],
  Sign: SIGNATURE,
  TagResource: [...OF_A_KEY, 'aws:RequestTag/team', 'aws:TagKeys'],
  UntagResource: [...OF_A_KEY, 'aws:TagKeys'],
  UpdateAlias: OF_A_KEY,
  UpdateCustomKeyStore: OF_A_STORE,
  UpdateKeyDescription: OF_A_KEY,
  UpdatePrimaryRegion: [...OF_A_KEY, 'PrimaryRegion'],
  Verify: SIGNATURE,
  VerifyMac: MAC,
};

/** What the permission on the alias, which the alias operations need beside that on the key, can be conditioned on. */
export const ALIAS_CONDITION_KEYS: readonly string[] = ['CallerAccount', 'ViaService'];

/** A value of each, which the request has. */
const VALUES: Readonly<Record<string, string>> = {
  'CallerAccount': '111122223333',
  'CustomerMasterKeySpec': 'SYMMETRIC_DEFAULT',
  'CustomerMasterKeyUsage': 'ENCRYPT_DECRYPT',
  'KeyOrigin': 'AWS_KMS',
  'KeySpec': 'SYMMETRIC_DEFAULT',
  'KeyUsage': 'ENCRYPT_DECRYPT',
  'MultiRegion': 'true',
  'MultiRegionKeyType': 'PRIMARY',
  'ResourceAliases': 'alias/app-0',
  'ViaService': 's3.eu-west-1.amazonaws.com',
  'EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
  'EncryptionContextKeys': 'app',
  'aws:TagKeys': 'team',
};

/** Every condition key with a value. */
export const CONDITIONS: ReadonlyMap<string, string> = new Map(
  [...new Set(Object.values(CONDITION_KEYS).flat())].sort().map((key) => [key, VALUES[key] ?? 'value']),
);
