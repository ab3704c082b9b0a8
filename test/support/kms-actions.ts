/** Actions that use a key or make and end grants on it: those of the grant operations of AWS KMS, and ListGrants and RevokeGrant. */
export const KMS_USE_AND_GRANT_ACTIONS = [
  'CreateGrant', 'Decrypt', 'DeriveSharedSecret', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext', 'GenerateMac', 'GetPublicKey', 'ListGrants', 'ReEncryptFrom',
  'ReEncryptTo', 'RetireGrant', 'RevokeGrant', 'Sign', 'Verify', 'VerifyMac',
].map((action) => `kms:${action}`);

/** Actions that manage a key or write its policy: never for a service. */
export const KMS_ADMINISTRATIVE_ACTIONS = [
  'CancelKeyDeletion', 'CreateAlias', 'CreateKey', 'DeleteAlias', 'DeleteImportedKeyMaterial', 'DisableKey', 'DisableKeyRotation', 'EnableKey',
  'EnableKeyRotation', 'GetKeyLastUsage', 'GetKeyPolicy', 'GetKeyRotationStatus', 'GetParametersForImport', 'ImportKeyMaterial', 'ListAliases',
  'ListKeyPolicies', 'ListKeyRotations', 'ListKeys', 'ListResourceTags', 'ListRetirableGrants', 'PutKeyPolicy', 'ReplicateKey', 'RotateKeyOnDemand',
  'ScheduleKeyDeletion', 'SynchronizeMultiRegionKey', 'TagResource', 'UntagResource', 'UpdateAlias', 'UpdateKeyDescription', 'UpdatePrimaryRegion',
].map((action) => `kms:${action}`);

/** The wildcards that AWS prints for services, over actions that use a key. */
export const KMS_WILDCARDS = ['kms:GenerateDataKey*', 'kms:ReEncrypt*'];
