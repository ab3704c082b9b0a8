import * as agentcoreHere from 'aws-cdk-lib/aws-bedrockagentcore';
import * as glueHere from 'aws-cdk-lib/aws-glue';
import * as lambdaHere from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { BEDROCK_AGENT_CORE, GLUE } from '../support/services-to-come';
import { ThreeStacks } from '../support/three-stacks';

// The minimum of aws-cdk-lib, which the tests are typed with, has none of these: they run with `test:newest`.
const agentcore = agentcoreHere as any;
const glue = glueHere as any;
const lambda = lambdaHere as any;
const { LAMBDA } = KmsService;

/** A table of the data catalog whose objects are encrypted under the key. */
function tableIn({ data }: ThreeStacks, props: object): any {
  return new glue.S3Table(data, 'Table', {
    database: new glue.Database(data, 'Database'),
    columns: [{ name: 'id', type: glue.Schema.STRING }],
    dataFormat: glue.DataFormat.PARQUET,
    ...props,
  });
}

export const NEWEST: KeyTaker[] = [
  {
    l2: 'agentcore.PolicyEngine',
    takes: ['aws-bedrockagentcore PolicyEngineProps.kmsKey'],
    via: BEDROCK_AGENT_CORE,
    build: ({ data, key }) => {
      new agentcore.PolicyEngine(data, 'Engine', { policyEngineName: 'billing', kmsKey: key.via(BEDROCK_AGENT_CORE) });
    },
  },
  {
    l2: 'lambda.WebFunction and its environment',
    takes: ['aws-lambda WebFunctionProps.kmsKey'],
    via: LAMBDA,
    build: ({ data, key }) => {
      new lambda.WebFunction(data, 'Function', {
        code: lambda.WebFunctionCode.fromBucket(new s3.Bucket(data, 'Code', { versioned: true }), 'code.zip'),
        runtime: lambda.WebFunctionRuntime.NODEJS_24_X,
        kmsKey: key.via(LAMBDA),
        defaultEndpointAuth: lambda.WebFunctionAuthType.IAM_AUTH,
      });
    },
    letsIn: { 'lambda.amazonaws.com': ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], 'lambda.eu-west-2.amazonaws.com': ['kms:Decrypt'] },
  },
  {
    l2: 'synthetics.Canary and its environment',
    takes: ['aws-synthetics CanaryProps.environmentEncryption'],
    via: LAMBDA,
    build: ({ data, key }) => {
      new synthetics.Canary(data, 'Canary', {
        runtime: synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
        test: synthetics.Test.custom({ code: synthetics.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler' }),
        environmentEncryption: key.via(LAMBDA),
      } as synthetics.CanaryProps);
    },
  },
  {
    l2: 'glue.SecurityConfiguration',
    takes: ['aws-glue S3Encryption.kms(kmsKey)', 'aws-glue CloudWatchEncryption.kms(kmsKey)', 'aws-glue JobBookmarksEncryption.clientSideKms(kmsKey)'],
    via: GLUE,
    build: ({ data, key }) => {
      new glue.SecurityConfiguration(data, 'Configuration', {
        s3Encryption: glue.S3Encryption.kms(key.via(GLUE)),
        cloudWatchEncryption: glue.CloudWatchEncryption.kms(key.via(GLUE)),
        jobBookmarksEncryption: glue.JobBookmarksEncryption.clientSideKms(key.via(GLUE)),
      });
    },
  },
  {
    l2: 'glue.Catalog of the account',
    takes: ['aws-glue DataCatalogEncryptionAtRest.kms(key)', 'aws-glue ConnectionPasswordEncryption.kmsKey'],
    via: GLUE,
    build: ({ data, key }) => {
      glue.Catalog.encryptAccount(data, {
        encryptionAtRest: glue.DataCatalogEncryptionAtRest.kms(key.via(GLUE)), connectionPasswordEncryption: { kmsKey: key.via(GLUE) },
      });
    },
  },
  {
    l2: 'glue.Catalog of the account, used with a role',
    takes: ['aws-glue DataCatalogEncryptionAtRest.kmsWithServiceRole(key)'],
    via: GLUE,
    build: ({ data, key }) => {
      const { role } = functionIn(data);
      glue.Catalog.encryptAccount(data, { encryptionAtRest: glue.DataCatalogEncryptionAtRest.kmsWithServiceRole(role, key.via(GLUE)) });
    },
    ownRoles: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    unfenced: 'the catalog writes the statement of the role by itself',
  },
  {
    l2: 'glue.S3Table in a bucket',
    takes: ['aws-glue S3TableEncryption.kms(key)', 'aws-glue StorageParameter.writeKmsKeyId(key)'],
    via: KmsService.S3,
    build: (stacks) => {
      const key = stacks.key.via(KmsService.S3);
      const table = tableIn(stacks, {
        storage: glue.S3TableStorage.managedBucket(glue.S3TableEncryption.kms(key)), storageParameters: [glue.StorageParameter.writeKmsKeyId(key)],
      });
      return (grantee) => table.grantReadWrite(grantee);
    },
    consumer: ['kms:Decrypt', 'kms:GenerateDataKey'],
    unnamed: 'the table makes its bucket without a name',
  },
];
