import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as actions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { EncryptedBucket } from '../../src';
import { ACCOUNT, Statement, ThreeStacks } from '../support/three-stacks';

function consumed(use: (bucket: EncryptedBucket, stacks: ThreeStacks) => void, references: 'weak' | 'strong' = 'weak') {
  const stacks = new ThreeStacks(references);
  stacks.role('Bystander');
  use(new EncryptedBucket(stacks.data, 'Invoices', { encryptionKey: stacks.key }), stacks);
  return stacks.synth();
}

function pipeline(scope: Construct, { bucket }: EncryptedBucket): void {
  const [source, built] = [new codepipeline.Artifact(), new codepipeline.Artifact()];
  const from = new actions.S3SourceAction({
    actionName: 'Take', bucket: new s3.Bucket(scope, 'Source', { versioned: true }), bucketKey: 'app.zip', output: source, trigger: actions.S3Trigger.NONE,
  });
  const build = new actions.CodeBuildAction({ actionName: 'Build', input: source, outputs: [built], project: new codebuild.PipelineProject(scope, 'Build') });
  const deploy = new actions.CloudFormationCreateUpdateStackAction({
    actionName: 'Deploy', adminPermissions: false, stackName: 'app', templatePath: built.atPath('template.json'),
  });
  new codepipeline.Pipeline(scope, 'Pipeline', {
    artifactBucket: bucket,
    stages: [from, build, deploy].map((action) => ({ stageName: action.actionProperties.actionName, actions: [action] })),
  });
}

afterEach(() => jest.restoreAllMocks());

const contextOf = ({ Condition }: Statement) => Condition!.StringLike['kms:EncryptionContext:aws:s3:arn'];

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test.each<[string, number, (scope: Construct, bucket: EncryptedBucket) => void]>([
    ['BucketDeployment', 1, (scope, { bucket }) => new BucketDeployment(scope, 'Deploy', { destinationBucket: bucket, sources: [Source.data('a', 'b')] })],
    ['Pipeline with its actions', 5, pipeline],
    ['DeliveryStream', 1, (scope, { bucket }) => new firehose.DeliveryStream(scope, 'Stream', {
      destination: new firehose.S3Bucket(bucket, { encryptionKey: bucket.encryptionKey }),
    })],
    ['Project that caches and keeps its artifacts', references === 'weak' ? 1 : 2, (scope, { bucket }) => new codebuild.Project(scope, 'Project', {
      source: codebuild.Source.s3({ bucket, path: 'app.zip' }),
      cache: codebuild.Cache.bucket(bucket),
      artifacts: codebuild.Artifacts.s3({ bucket }),
      encryptionKey: bucket.encryptionKey,
    })],
  ])('the roles of a %s use the key for this bucket', (_consumer, roles, use) => {
    const synthesized = consumed((bucket, { users }) => use(users, bucket), references);
    const statements = synthesized.identityStatements('Users');
    const [arn] = contextOf(statements[0]) as unknown[];

    expect(statements.map(contextOf)).toEqual(Array(roles).fill([arn, { 'Fn::Join': ['', [arn, '/*']] }]));
    expect(arn).toEqual({ 'Fn::GetAtt': ['InvoicesF0222E8D', 'Arn'] });
  });
});

test('a pipeline writes its artifacts under the ARN of the key, which the bucket lets through', () => {
  const synthesized = consumed((bucket, { users }) => pipeline(users, bucket));
  const { ArtifactStore } = synthesized.resources('Users').find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')!.Properties;
  const bucketPolicy = synthesized.resources('Data').find(({ Properties }) => JSON.stringify(Properties).includes('DenyOtherKey'))!;
  const { Condition } = bucketPolicy.Properties.PolicyDocument.Statement.find(({ Sid }: Statement) => Sid === 'DenyOtherKey');

  expect(ArtifactStore.EncryptionKey).toEqual({ Type: 'KMS', Id: Condition.StringNotEquals['s3:x-amz-server-side-encryption-aws-kms-key-id'] });
});

test('a distribution beside the bucket is let in by the key', () => {
  // CDK warns that its own statement takes every distribution; it never gets into the policy.
  jest.spyOn(console, 'error').mockImplementation();
  const synthesized = consumed(({ bucket }, { data }) => new cloudfront.Distribution(data, 'Web', {
    defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) },
  }));

  expect(synthesized.keyPolicy()).toContainEqual(expect.objectContaining({
    Sid: 'UseByCloudfront', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 'kms:Decrypt',
  }));
});

test('flow logs, which ask nothing of the key, are let in by a grant to the service that delivers them', () => {
  const synthesized = consumed(({ bucket }, { data }) => {
    new ec2.Vpc(data, 'Network', { maxAzs: 1 }).addFlowLog('Flow', { destination: ec2.FlowLogDestination.toS3(bucket) });
    bucket.encryptionKey!.grantEncrypt(new iam.ServicePrincipal('delivery.logs.amazonaws.com'));
  });

  expect(synthesized.keyPolicy()).toContainEqual({
    Sid: 'UseByDeliveryLogs',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: 'kms:GenerateDataKey',
    Resource: '*',
    Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
  });
});
