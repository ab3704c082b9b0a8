import { FactConfidence, KmsService, KmsServiceFacts, ServicePrincipalFacts } from '../../src';

// Services that the catalogue does not list, each with the facts that a user would write; no page was held against them. One that the catalogue
// gets is removed here: KmsService.of refuses its id.

/** Called through the service by whoever uses its resources. */
function called(id: string, name: string, viaService: string, useActions: string[], page: string, more: Partial<KmsServiceFacts> = {}): KmsService {
  return KmsService.of(id, { name, viaServices: [viaService], useActions: useActions.map(kms), sources: [`https://docs.aws.amazon.com/${page}`], ...more });
}

/** Calls AWS KMS by itself. */
function calls(id: string, name: string, principal: Omit<ServicePrincipalFacts, 'actions'> & { actions: string[] }, page: string): KmsService {
  return KmsService.of(id, {
    name,
    servicePrincipals: [{ ...principal, actions: principal.actions.map(kms) }],
    sources: [`https://docs.aws.amazon.com/${page}`],
  });
}

const kms = (action: string) => `kms:${action}`;
const grants = { createsGrants: true };
const { CONFIRMED, UNKNOWN, UNSUPPORTED } = FactConfidence;

export const APP_CONFIG = called('AppConfig', 'AWS AppConfig', 'appconfig', ['Decrypt', 'GenerateDataKey'],
  'appconfig/latest/userguide/appconfig-security.html');
export const ATHENA = called('Athena', 'Amazon Athena', 'athena', ['Decrypt', 'GenerateDataKey'],
  'athena/latest/ug/encryption.html');
export const BEDROCK = called('Bedrock', 'Amazon Bedrock', 'bedrock', ['Decrypt', 'DescribeKey', 'GenerateDataKey'],
  'bedrock/latest/userguide/encryption-custom-job.html', {
    ...grants,
    senders: [{ servicePrincipal: 'bedrock.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], sourceAccount: UNKNOWN }],
  });
export const BEDROCK_AGENT_CORE = called('BedrockAgentCore', 'Amazon Bedrock AgentCore', 'bedrock-agentcore',
  ['Decrypt', 'DescribeKey', 'GenerateDataKey'], 'bedrock-agentcore/latest/devguide/storage-encryption.html', grants);
export const CLOUDTRAIL = calls('CloudTrail', 'AWS CloudTrail', {
  servicePrincipal: 'cloudtrail.amazonaws.com',
  actions: ['Decrypt', 'GenerateDataKey*'],
  describesKey: true,
  sourceAccount: UNSUPPORTED,
  sourceArn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/*',
  encryptionContext: { 'aws:cloudtrail:arn': 'arn:{partition}:cloudtrail:*:{account}:trail/*' },
}, 'awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html');
export const CODE_COMMIT = called('CodeCommit', 'AWS CodeCommit', 'codecommit',
  ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncrypt*'],
  'codecommit/latest/userguide/encryption.html');
export const COGNITO_SENDERS = called('CognitoSenders', 'Amazon Cognito custom senders', 'cognito-idp', ['Decrypt', 'Encrypt'],
  'cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html', grants);
export const ECS_TLS = called('EcsTls', 'Amazon ECS Service Connect TLS', 'secretsmanager', ['Decrypt', 'DescribeKey', 'GenerateDataKey'],
  'AmazonECS/latest/developerguide/service-connect-tls.html');
export const EKS = called('Eks', 'Amazon EKS', 'eks', ['Decrypt', 'DescribeKey', 'Encrypt'], 'eks/latest/userguide/enable-kms.html', grants);
export const FARGATE = calls('Fargate', 'AWS Fargate ephemeral storage', {
  servicePrincipal: 'fargate.amazonaws.com',
  actions: ['GenerateDataKeyWithoutPlaintext'],
  grantOperations: ['Decrypt'],
  sourceAccount: UNKNOWN,
  encryptionContext: { 'aws:ecs:clusterAccount': '{account}' },
}, 'AmazonECS/latest/developerguide/fargate-create-storage-key.html');
export const FSX = called('Fsx', 'Amazon FSx', 'fsx', ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'],
  'fsx/latest/LustreGuide/encryption-at-rest.html', grants);
export const GLUE = called('Glue', 'AWS Glue', 'glue', ['Decrypt', 'Encrypt', 'GenerateDataKey'], 'glue/latest/dg/encryption-security-configuration.html');
export const MSK = called('Msk', 'Amazon MSK', 'kafka', ['DescribeKey'], 'msk/latest/developerguide/msk-encryption.html', grants);
export const SAGEMAKER = called('SageMaker', 'Amazon SageMaker AI', 'sagemaker', ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'],
  'sagemaker/latest/dg/encryption-at-rest.html', grants);
export const SCHEDULER = called('Scheduler', 'Amazon EventBridge Scheduler', 'scheduler', ['Decrypt', 'DescribeKey', 'GenerateDataKey'],
  'scheduler/latest/UserGuide/encryption-rest.html');
export const SES_RECEIVING = calls('SesReceiving', 'Amazon SES email receiving', {
  servicePrincipal: 'ses.amazonaws.com', actions: ['Encrypt', 'GenerateDataKey*'], sourceAccount: CONFIRMED,
}, 'ses/latest/dg/receiving-email-permissions.html');
