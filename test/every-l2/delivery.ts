import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as actions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { OTHER_ACCOUNT } from '../support/key-stack';
import { KeyTaker } from '../support/key-taker';
import { CLOUDTRAIL, CODE_COMMIT, COGNITO_SENDERS } from '../support/services-to-come';
import { ThreeStacks } from '../support/three-stacks';

const { CLOUDWATCH_LOGS, CODEPIPELINE, FIREHOSE, KINESIS, S3 } = KmsService;
const BUCKET = ['aws-s3 BucketProps.encryptionKey'];
const ARTIFACTS = ['kms:Decrypt', 'kms:GenerateDataKey'];

const bucketIn = ({ data, key }: ThreeStacks, service = S3) => new s3.Bucket(data, 'Bucket', {
  bucketName: 'billing-artifacts', encryptionKey: key.via(service), versioned: true,
});

/** A pipeline that builds what is in a bucket, and does one more action, with its artifacts under the key. */
function pipelineIn(stacks: ThreeStacks, action: (built: codepipeline.Artifact, bucket: s3.IBucket) => codepipeline.IAction): void {
  const bucket = bucketIn(stacks, CODEPIPELINE);
  const [source, built] = [new codepipeline.Artifact('Source'), new codepipeline.Artifact('Built')];
  new codepipeline.Pipeline(stacks.data, 'Pipeline', {
    artifactBucket: bucket,
    stages: [
      { stageName: 'Source', actions: [new actions.S3SourceAction({ actionName: 'Source', bucket, bucketKey: 'source.zip', output: source })] },
      {
        stageName: 'Build',
        actions: [new actions.CodeBuildAction({
          actionName: 'Build', input: source, outputs: [built], project: new codebuild.PipelineProject(stacks.data, 'Project'),
        })],
      },
      { stageName: 'Last', actions: [action(built, bucket)] },
    ],
  });
}

export const PIPELINES: KeyTaker[] = [
  {
    l2: 'codepipeline.Pipeline with a build, and a deployment to a bucket',
    takes: [...BUCKET, 'aws-codepipeline-actions S3DeployActionProps.encryptionKey'],
    via: CODEPIPELINE,
    build: (stacks) => {
      pipelineIn(stacks, (input, bucket) => new actions.S3DeployAction({ actionName: 'Deploy', input, bucket, encryptionKey: stacks.key.via(CODEPIPELINE) }));
    },
    ownRoles: ARTIFACTS,
  },
  {
    l2: 'codepipeline.Pipeline with an action of another account',
    takes: BUCKET,
    via: CODEPIPELINE,
    build: (stacks) => {
      const role = new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Deployer', {
        assumedBy: new iam.AccountPrincipal(stacks.data.account), roleName: 'deployer',
      });
      pipelineIn(stacks, (templates) => new actions.CloudFormationCreateUpdateStackAction({
        actionName: 'Deploy',
        stackName: 'Billing',
        templatePath: templates.atPath('template.json'),
        adminPermissions: false,
        role,
        account: OTHER_ACCOUNT,
        deploymentRole: role,
      }));
    },
    ownRoles: ARTIFACTS,
    otherAccounts: [OTHER_ACCOUNT],
    needsEnvironment: 'references across accounts need both',
  },
  {
    l2: 'codecommit.Repository',
    takes: ['aws-codecommit RepositoryProps.kmsKey'],
    via: CODE_COMMIT,
    build: ({ data, key }) => {
      const repository = new codecommit.Repository(data, 'Repository', { repositoryName: 'billing', kmsKey: key.via(CODE_COMMIT) });
      return (grantee) => repository.grantPullPush(grantee);
    },
  },
];

export const LOGS: KeyTaker[] = [
  {
    l2: 'logs.LogGroup',
    takes: ['aws-logs LogGroupProps.encryptionKey'],
    via: CLOUDWATCH_LOGS,
    build: ({ data, key }) => {
      const group = new logs.LogGroup(data, 'Group', { logGroupName: 'billing', encryptionKey: key.via(CLOUDWATCH_LOGS) });
      return (grantee) => {
        group.grantWrite(grantee);
        // aws-cdk-lib asks nothing of the key for who writes and reads.
        key.via(CLOUDWATCH_LOGS).grantDecrypt(grantee);
      };
    },
    consumer: ['kms:Decrypt'],
  },
  {
    l2: 'cloudtrail.Trail',
    takes: ['aws-cloudtrail TrailProps.encryptionKey'],
    via: CLOUDTRAIL,
    build: ({ data, key }) => {
      new cloudtrail.Trail(data, 'Trail', { encryptionKey: key.via(CLOUDTRAIL) });
    },
  },
  {
    l2: 'firehose.DeliveryStream to a bucket',
    takes: ['aws-kinesisfirehose StreamEncryption.customerManagedKey(encryptionKey)'],
    via: FIREHOSE,
    build: (stacks) => {
      const stream = new firehose.DeliveryStream(stacks.data, 'Delivery', {
        destination: new firehose.S3Bucket(bucketIn(stacks)),
        encryption: firehose.StreamEncryption.customerManagedKey(stacks.key.via(FIREHOSE)),
      });
      return (grantee) => stream.grantPutRecords(grantee);
    },
    ownRoles: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  },
  {
    l2: 'firehose.DeliveryStream from a stream, with objects under the key',
    takes: ['aws-kinesisfirehose CommonDestinationS3Props.encryptionKey'],
    via: S3,
    build: ({ data, key }) => {
      const stream = new kinesis.Stream(data, 'Stream', { encryptionKey: key.via(KINESIS) });
      new firehose.DeliveryStream(data, 'Delivery', {
        source: new firehose.KinesisStreamSource(stream),
        destination: new firehose.S3Bucket(new s3.Bucket(data, 'Bucket'), { encryptionKey: key.via(S3) }),
      });
    },
    ownRoles: ARTIFACTS,
  },
];

export const EDGE: KeyTaker[] = [
  {
    l2: 'cloudfront.Distribution with origin access control',
    takes: BUCKET,
    via: S3,
    build: (stacks) => {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(bucketIn(stacks), {
        originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.WRITE],
      });
      new cloudfront.Distribution(stacks.data, 'Distribution', { defaultBehavior: { origin } });
    },
    letsIn: { 'cloudfront.amazonaws.com': ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'] },
  },
  {
    l2: 'cloudfront.Distribution with origin access control, which reads only',
    takes: BUCKET,
    via: S3,
    build: (stacks) => {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(bucketIn(stacks));
      new cloudfront.Distribution(stacks.data, 'Distribution', { defaultBehavior: { origin } });
    },
    letsIn: { 'cloudfront.amazonaws.com': ['kms:Decrypt'] },
  },
  {
    l2: 'cognito.UserPool with a custom sender',
    takes: ['aws-cognito UserPoolProps.customSenderKmsKey'],
    via: COGNITO_SENDERS,
    build: ({ data, key }) => {
      const sender = functionIn(data);
      new cognito.UserPool(data, 'Pool', { customSenderKmsKey: key.via(COGNITO_SENDERS), lambdaTriggers: { customEmailSender: sender } });
      key.via(COGNITO_SENDERS).grantDecrypt(sender);
    },
    ownRoles: ['kms:Decrypt'],
  },
];
