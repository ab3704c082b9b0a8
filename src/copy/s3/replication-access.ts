import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ReplicaBucket } from './bucket-destination';

const INTO = ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'];
const AS_OWNER = 's3:ObjectOwnerOverrideToBucketOwner';

/**
 * What a role needs of Amazon S3 to replicate objects. What it needs of the keys, they say.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function replicationStatements(source: s3.Bucket, { arn, foreign }: ReplicaBucket, prefix: string): iam.PolicyStatement[] {
  const locked = (source.node.defaultChild as s3.CfnBucket).objectLockEnabled === true;
  return [
    new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [source.bucketArn] }),
    new iam.PolicyStatement({
      actions: [
        's3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging',
        ...locked ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : [],
      ],
      resources: [source.arnForObjects(`${prefix}*`)],
    }),
    new iam.PolicyStatement({ actions: foreign ? [...INTO, AS_OWNER] : INTO, resources: [`${arn}/${prefix}*`] }),
  ];
}

/** Lets the role of another account replicate into a bucket. A bucket policy refuses the ARN of a role that is not there yet: the condition does not. */
export function letReplicationIn({ bucket }: ReplicaBucket, sourceAccount: string, roleArn: string): void {
  const role = { principals: [new iam.AccountPrincipal(sourceAccount)], conditions: { ArnEquals: { 'aws:PrincipalArn': roleArn } } };
  bucket.addToResourcePolicy(new iam.PolicyStatement({ ...role, actions: ['s3:GetBucketVersioning'], resources: [bucket.bucketArn] }));
  bucket.addToResourcePolicy(new iam.PolicyStatement({ ...role, actions: [...INTO, AS_OWNER], resources: [bucket.arnForObjects('*')] }));
}
