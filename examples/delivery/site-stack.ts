import { Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { EncryptedBucket } from 'cdk-kms-patterns';

export interface SiteProps extends StackProps {
  readonly keys: KeysStack;
}

/** A web site in a bucket that nobody but its distribution reads. */
export class SiteStack extends Stack {
  public readonly pages: EncryptedBucket;

  constructor(scope: Construct, id: string, { keys, ...props }: SiteProps) {
    super(scope, id, { ...props, description: 'The web site' });
    this.pages = new EncryptedBucket(this, 'Pages', { encryptionKey: keys.site });
    new cloudfront.Distribution(this, 'Distribution', {
      // The key lets distributions of this account read, and the policy of the bucket this one alone.
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(this.pages.bucket),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
      },
      defaultRootObject: 'index.html',
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    });
  }
}
