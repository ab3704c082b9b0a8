/** What the template says of EBS encryption by default. */
export interface EbsEncryptionProperties {
  readonly KeyArn: string;
}

/**
 * The parameter in which it is remembered who set it, and what it was before: one in an account and Region, as of the setting itself.
 * Parameter Store makes it once only, so that of two stacks one is refused.
 */
export const RECORD_NAME = '/cdk-kms-patterns/ebs-encryption-by-default';
