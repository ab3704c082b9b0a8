export { CustomerManagedKey } from './key/customer-managed-key';
export type { CustomerManagedKeyProps } from './key/customer-managed-key-props';
export type { ICustomerManagedKey } from './key/i-customer-managed-key';
export type { ImportedKeyOptions } from './key/imported-key-options';
export { PrincipalMatch } from './key/principal-match';
export type { ViaServiceOptions } from './key/via-service-options';
export { KmsService } from './service/kms-service';
export { FactConfidence, OnKeyChange, ViaServiceScope } from './service/kms-service-facts';
export type {
  EncryptedResourceFacts, EncryptionContextFacts, KmsServiceFacts, ServiceLinkedRoleFacts, ServicePrincipalFacts,
} from './service/kms-service-facts';
export { EncryptedBucket } from './resource/encrypted-bucket';
export type { EncryptedBucketProps } from './resource/encrypted-bucket-props';
export { EncryptedVolume } from './resource/encrypted-volume';
export type { EncryptedVolumeProps } from './resource/encrypted-volume-props';
