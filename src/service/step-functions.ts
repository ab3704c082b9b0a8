import { ExecutionRoleFacts } from './execution-role-facts';
import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

const ACTIVITIES = 'arn:{partition}:states:{region}:{account}:activity:*';

/** Logs of executions, decrypted where they are delivered. */
export const STEP_FUNCTIONS_LOG_DELIVERY: ServicePrincipalFacts = {
  servicePrincipal: 'delivery.logs.amazonaws.com',
  actions: ['kms:Decrypt'],
  sourceAccount: FactConfidence.UNKNOWN,
};

/** Activities, as AWS CDK lets Step Functions in for them. */
const STEP_FUNCTIONS_ACTIVITIES: ServicePrincipalFacts = {
  servicePrincipal: 'states.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  sourceAccount: FactConfidence.UNKNOWN,
  encryptionContext: { 'aws:states:activityArn': ACTIVITIES },
};

/** An execution role calls AWS KMS directly: a condition on `kms:ViaService` would stop executions. */
const EXECUTION_ROLES: ExecutionRoleFacts[] = [
  {
    assumedBy: 'states.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    contextKey: 'aws:states:stateMachineArn',
    contextPattern: 'arn:{partition}:states:{region}:{account}:stateMachine:*',
  },
  {
    assumedBy: 'states.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    contextKey: 'aws:states:activityArn',
    contextPattern: ACTIVITIES,
  },
  // Logs on their way.
  {
    assumedBy: 'states.amazonaws.com',
    actions: ['kms:GenerateDataKey'],
    contextKey: 'SourceArn',
    contextPattern: 'arn:{partition}:logs:{region}:{account}:*',
  },
];

export const STEP_FUNCTIONS: KmsServiceFacts = {
  name: 'AWS Step Functions',
  viaServices: ['states'],
  // Who makes a state machine describes the key and generates a data key; who reads definitions, histories or tasks decrypts.
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  executionRoles: EXECUTION_ROLES,
  senders: [STEP_FUNCTIONS_LOG_DELIVERY, STEP_FUNCTIONS_ACTIVITIES],
  deployActions: ['kms:DescribeKey', 'kms:GenerateDataKey'],
  encryptionContexts: [
    { key: 'aws:states:stateMachineArn', value: 'arn:{partition}:states:{region}:{account}:stateMachine:NAME', confidence: FactConfidence.CONFIRMED },
    { key: 'aws:states:activityArn', value: 'arn:{partition}:states:{region}:{account}:activity:NAME', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::StepFunctions::Activity', property: 'EncryptionConfiguration.KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::StepFunctions::StateMachine', property: 'EncryptionConfiguration.KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page says whether the delivery of logs sends `aws:SourceAccount`; it is demanded where it is sent.',
    'No page says that AWS Step Functions calls AWS KMS by itself for activities, as AWS CDK has it; it is let in where AWS CDK asks for it.',
  ],
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-statemachine-encryptionconfiguration.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-activity-encryptionconfiguration.html',
  ],
};
