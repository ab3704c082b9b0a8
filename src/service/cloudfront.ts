import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Distributions that read, and where they are let write, an encrypted bucket with origin access control. */
export const CLOUDFRONT_ORIGIN_ACCESS: ServicePrincipalFacts = {
  servicePrincipal: 'cloudfront.amazonaws.com',
  actions: ['kms:Decrypt'],
  writeActions: ['kms:Encrypt', 'kms:GenerateDataKey*'],
  sourceAccount: FactConfidence.UNKNOWN,
  // The id of the distribution is known at deployment only, and would tie the key to its user.
  sourceArn: 'arn:{partition}:cloudfront::{account}:distribution/*',
};

// Not with an origin access identity, which cannot read what is encrypted under a key of AWS KMS.
export const CLOUDFRONT: KmsServiceFacts = {
  name: 'Amazon CloudFront',
  servicePrincipals: [CLOUDFRONT_ORIGIN_ACCESS],
  unconfirmed: [
    'The page prints the ARN of one distribution; the statement allows every distribution of the account, whose bucket policies narrow it.',
    'No page says whether Amazon CloudFront sends `aws:SourceAccount`; it is demanded where it is sent.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  ],
};
