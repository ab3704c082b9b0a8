/**
 * The actions of AWS KMS, without `kms:`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export const KMS_ACTIONS: readonly string[] = [
  'CancelKeyDeletion', 'ConnectCustomKeyStore', 'CreateAlias', 'CreateCustomKeyStore', 'CreateGrant', 'CreateKey', 'Decrypt', 'DeleteAlias',
  'DeleteCustomKeyStore', 'DeleteImportedKeyMaterial', 'DeriveSharedSecret', 'DescribeCustomKeyStores', 'DescribeKey', 'DisableKey',
  'DisableKeyRotation', 'DisconnectCustomKeyStore', 'EnableKey', 'EnableKeyRotation', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext', 'GenerateMac', 'GenerateRandom', 'GetKeyLastUsage', 'GetKeyPolicy',
  'GetKeyRotationStatus', 'GetParametersForImport', 'GetPublicKey', 'ImportKeyMaterial', 'ListAliases', 'ListGrants', 'ListKeyPolicies',
  'ListKeyRotations', 'ListKeys', 'ListResourceTags', 'ListRetirableGrants', 'PutKeyPolicy', 'ReEncryptFrom', 'ReEncryptTo', 'ReplicateKey',
  'RetireGrant', 'RevokeGrant', 'RotateKeyOnDemand', 'ScheduleKeyDeletion', 'Sign', 'SynchronizeMultiRegionKey', 'TagResource', 'UntagResource',
  'UpdateAlias', 'UpdateCustomKeyStore', 'UpdateKeyDescription', 'UpdatePrimaryRegion', 'Verify', 'VerifyMac',
];
const BY_NAME = new Map(KMS_ACTIONS.map((name) => [name.toLowerCase(), name]));

/** The action in the spelling of AWS, with or without `kms:` and in any case; nothing where AWS KMS has none of this name. */
export function spelledAction(text: string): string | undefined {
  const name = BY_NAME.get(text.toLowerCase().replace(/^kms:/, ''));
  return name === undefined ? undefined : `kms:${name}`;
}

/** Actions that somebody may have meant. */
export function similarActions(text: string): string[] {
  const name = text.toLowerCase().replace(/^[a-z]*:/, '').replace(/\*/g, '');
  return name.length < 3 ? [] : KMS_ACTIONS.filter((action) => action.toLowerCase().includes(name)).map((action) => `kms:${action}`);
}
