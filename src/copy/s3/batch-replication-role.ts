import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, inPacks } from '../../private/acknowledgement';
import { EncryptedBucket } from '../../resource/encrypted-bucket';

/**
 * The role of S3 Batch Operations jobs that replicate what is in a bucket, and that list the objects by themselves.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html
 */
export function batchReplicationRole(scope: Construct, source: EncryptedBucket, reports: s3.IBucket): iam.Role {
  const role = new iam.Role(scope, 'BatchRole', {
    assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com'), description: `Starts the replication of objects of ${source.node.path}`.slice(0, 1000),
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:InitiateReplication'], resources: [source.bucket.arnForObjects('*')] }));
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'], resources: [source.bucket.bucketArn] }));
  reports.grantRead(role);
  reports.grantPut(role);
  acknowledge(role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
  return role;
}
