import { Duration, Size } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { BEDROCK, BEDROCK_AGENT_CORE, SAGEMAKER, SCHEDULER } from '../support/services-to-come';
import { ThreeStacks } from '../support/three-stacks';

const { STEP_FUNCTIONS } = KmsService;

function machineIn({ data }: ThreeStacks, ...states: (sfn.IChainable & sfn.State & sfn.INextable)[]): void {
  const [first, ...rest] = states;
  const chain = rest.reduce((done, next) => done.next(next), sfn.Chain.start(first));
  new sfn.StateMachine(data, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(chain) });
}

export const MACHINES: KeyTaker[] = [
  {
    l2: 'sfn.StateMachine with logs, and sfn.Activity',
    takes: ['aws-stepfunctions CustomerManagedEncryptionConfiguration.constructor(kmsKey)'],
    via: STEP_FUNCTIONS,
    build: ({ data, key }) => {
      const encryptionConfiguration = new sfn.CustomerManagedEncryptionConfiguration(key.via(STEP_FUNCTIONS));
      const activity = new sfn.Activity(data, 'Activity', { activityName: 'approve', encryptionConfiguration });
      const machine = new sfn.StateMachine(data, 'Machine', {
        stateMachineName: 'approval', // AWS CDK leaves a nameless one without the key
        definitionBody: sfn.DefinitionBody.fromChainable(new tasks.StepFunctionsInvokeActivity(data, 'Approve', { activity })),
        encryptionConfiguration,
        logs: { destination: new logs.LogGroup(data, 'Logs') },
      });
      return (grantee) => machine.grantStartExecution(grantee);
    },
    letsIn: { 'delivery.logs.amazonaws.com': ['kms:Decrypt'], 'states.amazonaws.com': ['kms:Decrypt', 'kms:GenerateDataKey'] },
    ownRoles: ['kms:Decrypt', 'kms:GenerateDataKey'],
    unfenced: 'the state machine writes its own statements, under its encryption context',
  },
  {
    l2: 'tasks.BedrockCreateModelCustomizationJob',
    takes: ['aws-stepfunctions-tasks BedrockCreateModelCustomizationJobProps.customModelKmsKey'],
    via: BEDROCK,
    build: (stacks) => {
      const bucket = new s3.Bucket(stacks.data, 'Training');
      machineIn(stacks, new tasks.BedrockCreateModelCustomizationJob(stacks.data, 'Customize', {
        baseModel: bedrock.FoundationModel.fromFoundationModelId(stacks.data, 'Model', bedrock.FoundationModelIdentifier.AMAZON_TITAN_TEXT_G1_EXPRESS_V1),
        customModelName: 'billing',
        customModelKmsKey: stacks.key.via(BEDROCK),
        jobName: 'billing',
        outputData: { bucket },
        trainingData: { bucket },
        validationData: [{ bucket }],
      }));
    },
    ownRoles: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  },
  {
    l2: 'tasks.EventBridgeSchedulerCreateScheduleTask',
    takes: ['aws-stepfunctions-tasks EventBridgeSchedulerCreateScheduleTaskOptions.kmsKey'],
    via: SCHEDULER,
    build: (stacks) => {
      const fn = functionIn(stacks.data);
      machineIn(stacks, new tasks.EventBridgeSchedulerCreateScheduleTask(stacks.data, 'Create', {
        scheduleName: 'billing',
        schedule: tasks.Schedule.rate(Duration.hours(1)),
        kmsKey: stacks.key.via(SCHEDULER),
        target: new tasks.EventBridgeSchedulerTarget({ arn: fn.functionArn, role: fn.role! }),
      }));
    },
    ownRoles: ['kms:Decrypt'],
  },
  {
    l2: 'tasks.SageMaker jobs and endpoints',
    takes: [
      'aws-stepfunctions-tasks OutputDataConfig.encryptionKey', 'aws-stepfunctions-tasks ResourceConfig.volumeEncryptionKey',
      'aws-stepfunctions-tasks TransformOutput.encryptionKey', 'aws-stepfunctions-tasks TransformResources.volumeEncryptionKey',
      'aws-stepfunctions-tasks SageMakerCreateEndpointConfigOptions.kmsKey',
    ],
    via: SAGEMAKER,
    build: (stacks) => {
      const key = stacks.key.via(SAGEMAKER);
      const bucket = new s3.Bucket(stacks.data, 'Bucket');
      const location = tasks.S3Location.fromBucket(bucket, 'data');
      const instanceType = new ec2.InstanceType('m5.large');
      machineIn(
        stacks,
        new tasks.SageMakerCreateTrainingJob(stacks.data, 'Train', {
          trainingJobName: 'billing',
          algorithmSpecification: { algorithmName: 'billing' },
          inputDataConfig: [{ channelName: 'train', dataSource: { s3DataSource: { s3Location: location } } }],
          outputDataConfig: { s3OutputLocation: location, encryptionKey: key },
          resourceConfig: { instanceCount: 1, instanceType, volumeSize: Size.gibibytes(1), volumeEncryptionKey: key },
        }),
        new tasks.SageMakerCreateTransformJob(stacks.data, 'Transform', {
          transformJobName: 'billing',
          modelName: 'billing',
          transformInput: { transformDataSource: { s3DataSource: { s3Uri: 's3://billing/in' } } },
          transformOutput: { s3OutputPath: 's3://billing/out', encryptionKey: key },
          transformResources: { instanceCount: 1, instanceType, volumeEncryptionKey: key },
        }),
        new tasks.SageMakerCreateEndpointConfig(stacks.data, 'Endpoint', {
          endpointConfigName: 'billing', kmsKey: key, productionVariants: [{ initialInstanceCount: 1, instanceType, modelName: 'billing', variantName: 'one' }],
        }),
      );
    },
    ownRoles: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptTo'],
  },
];

export const AGENTS: KeyTaker[] = [
  {
    l2: 'agentcore.Memory',
    takes: ['aws-bedrockagentcore MemoryProps.kmsKey'],
    via: BEDROCK_AGENT_CORE,
    build: ({ data, key }) => {
      const memory = new agentcore.Memory(data, 'Memory', { memoryName: 'billing', kmsKey: key.via(BEDROCK_AGENT_CORE) });
      return (grantee) => memory.grantRead(grantee);
    },
    ownRoles: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  },
  {
    l2: 'agentcore.Gateway',
    takes: ['aws-bedrockagentcore GatewayProps.kmsKey'],
    via: BEDROCK_AGENT_CORE,
    build: ({ data, key }) => {
      new agentcore.Gateway(data, 'Gateway', { gatewayName: 'billing', kmsKey: key.via(BEDROCK_AGENT_CORE) });
    },
    ownRoles: [
      'kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair',
      'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
    ],
    unfenced: 'the gateway writes a statement of its own beside the one that it asks of the key',
  },
];
