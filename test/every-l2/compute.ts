import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as eventSources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { functionIn, vpcIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';

const { LAMBDA } = KmsService;
const filters = [lambda.FilterCriteria.filter({ body: { paid: lambda.FilterRule.isEqual('no') } })];

export const FUNCTIONS: KeyTaker[] = [
  {
    l2: 'lambda.Function and its environment',
    takes: ['aws-lambda FunctionOptions.environmentEncryption'],
    via: LAMBDA,
    build: ({ data, key }) => {
      const fn = functionIn(data, { environment: { LEVEL: '1' }, environmentEncryption: key.via(LAMBDA) });
      key.via(LAMBDA).grantDecrypt(fn);
      return (grantee) => fn.grantInvoke(grantee);
    },
    ownRoles: ['kms:Decrypt'],
  },
  {
    l2: 'lambda.Function and its code in a bucket',
    takes: ['aws-lambda BucketOptions.sourceKMSKey', 'aws-lambda CfnParametersCodeProps.sourceKMSKey', 'aws-s3-assets AssetOptions.sourceKMSKey'],
    via: LAMBDA,
    build: ({ data, key }) => {
      const sourceKMSKey = key.via(LAMBDA);
      functionIn(data, { code: lambda.Code.fromBucketV2(new s3.Bucket(data, 'Code'), 'code.zip', { sourceKMSKey }) });
      functionIn(data, { code: lambda.Code.fromCfnParameters({ sourceKMSKey }) }, 'OfParameters');
      functionIn(data, { code: lambda.Code.fromAsset(__dirname, { sourceKMSKey }) }, 'OfAsset');
    },
  },
  {
    l2: 'lambda.EventSourceMapping and its filters',
    takes: [
      'aws-lambda EventSourceMappingOptions.filterEncryption', 'aws-lambda-event-sources SqsEventSourceProps.filterEncryption',
      'aws-lambda-event-sources StreamEventSourceProps.filterEncryption', 'aws-lambda-event-sources KafkaEventSourceProps.filterEncryption',
    ],
    via: LAMBDA,
    build: ({ data, key }) => {
      const encryption = { filters, filterEncryption: key.via(LAMBDA) };
      const startingPosition = lambda.StartingPosition.LATEST;
      const table = new dynamodb.Table(data, 'Table', {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY,
      });
      functionIn(data, {
        events: [
          new eventSources.SqsEventSource(new sqs.Queue(data, 'Queue'), encryption),
          new eventSources.DynamoEventSource(table, { startingPosition, ...encryption }),
          new eventSources.ManagedKafkaEventSource({
            clusterArn: `arn:aws:kafka:${data.region}:${data.account}:cluster/billing/1`, topic: 'billing', startingPosition, ...encryption,
          }),
        ],
      });
    },
    letsIn: { 'lambda.amazonaws.com': ['kms:Decrypt', 'kms:GenerateDataKey'], 'lambda.eu-west-2.amazonaws.com': ['kms:Decrypt'] },
  },
  {
    l2: 'lambda.CapacityProvider',
    takes: ['aws-lambda CapacityProviderProps.kmsKey'],
    via: LAMBDA,
    build: ({ data, key }) => {
      const vpc = vpcIn(data);
      new lambda.CapacityProvider(data, 'Capacity', {
        subnets: vpc.privateSubnets, securityGroups: [new ec2.SecurityGroup(data, 'Group', { vpc })], kmsKey: key.via(LAMBDA),
      });
    },
  },
  {
    l2: 'synthetics.Canary and its artifacts',
    takes: ['aws-synthetics CanaryProps.artifactS3KmsKey'],
    via: KmsService.S3,
    build: ({ data, key }) => {
      new synthetics.Canary(data, 'Canary', {
        runtime: synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
        test: synthetics.Test.custom({ code: synthetics.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler' }),
        artifactS3EncryptionMode: synthetics.ArtifactsEncryptionMode.KMS,
        artifactS3KmsKey: key.via(KmsService.S3),
      });
    },
    ownRoles: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  {
    l2: 'codebuild.Project',
    takes: ['aws-codebuild CommonProjectProps.encryptionKey'],
    via: KmsService.S3,
    build: ({ data, key }) => {
      const artifacts = new s3.Bucket(data, 'Artifacts', { encryptionKey: key.via(KmsService.S3) });
      new codebuild.Project(data, 'Project', {
        buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }),
        artifacts: codebuild.Artifacts.s3({ bucket: artifacts }),
        encryptionKey: key.via(KmsService.S3),
      });
    },
    ownRoles: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
];
