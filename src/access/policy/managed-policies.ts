import { parseArn } from '../text/arn';
import { isKnown, splitText, Text } from '../text/text';

/** A statement, on every resource unless it names some, in as many words as it takes. */
type Allow = readonly [actions: string | readonly string[], condition?: object, resources?: readonly string[]];

const LOOK: readonly Allow[] = [[['kms:Describe*', 'kms:Get*', 'kms:List*']]];
const GRANTS_FOR_SERVICES: Allow = ['kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }];

/**
 * What AWS managed policies allow of AWS KMS, as of March 2026. They grow: a version that AWS writes later may allow more.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const ALLOWED: ReadonlyMap<string, readonly Allow[]> = new Map(Object.entries<readonly Allow[]>({
  AdministratorAccess: [['*']],
  AmazonDynamoDBFullAccess: [[['kms:DescribeKey', 'kms:ListAliases']]],
  AmazonEKSClusterPolicy: [['kms:DescribeKey']],
  AmazonElasticFileSystemFullAccess: [[['kms:DescribeKey', 'kms:ListAliases']]],
  AWSBackupFullAccess: [
    [['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:ListAliases', 'kms:ListKeys']],
    ['kms:CreateGrant', {
      'Bool': { 'kms:GrantIsForAWSResource': 'true' },
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
      'StringLike': { 'kms:ViaService': 'backup.*.amazonaws.com' },
    }],
  ],
  AWSBackupServiceLinkedRolePolicyForBackup: [
    ['kms:DescribeKey'],
    [['kms:GenerateDataKeyWithoutPlaintext', 'kms:ListGrants', 'kms:ReEncryptFrom'], through('ec2', 'fsx', 'rds')],
    ['kms:CreateGrant', { ...through('ec2', 'fsx', 'rds'), Bool: { 'kms:GrantIsForAWSResource': 'true' } }],
  ],
  AWSBackupServiceRolePolicyForBackup: [
    ['kms:DescribeKey'],
    [['kms:Decrypt', 'kms:GenerateDataKey'], through('dynamodb')],
    GRANTS_FOR_SERVICES,
    [['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], {
      ...through('ec2'), 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:ebs:id' },
    }],
    ['kms:Decrypt', { ...through('dsql'), 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:dsql:ClusterId' } }],
  ],
  AWSBackupServiceRolePolicyForRestores: [
    ['kms:DescribeKey'],
    [['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      through('dsql', 'dynamodb', 'ec2', 'elasticfilesystem', 'rds', 'redshift', 'redshift-serverless')],
    GRANTS_FOR_SERVICES,
  ],
  AWSBackupServiceRolePolicyForS3Backup: [[['kms:Decrypt', 'kms:DescribeKey'], through('s3')]],
  AWSBackupServiceRolePolicyForS3Restore: [[['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], through('s3')]],
  AWSConfigRole: [[['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListKeys', 'kms:ListResourceTags']]],
  AWS_ConfigRole: [[['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListAliases', 'kms:ListKeys', 'kms:ListResourceTags']]],
  AWSKeyManagementServicePowerUser: [[[
    'kms:CreateAlias', 'kms:CreateKey', 'kms:DeleteAlias', 'kms:Describe*', 'kms:GenerateRandom', 'kms:Get*', 'kms:List*', 'kms:TagResource', 'kms:UntagResource',
  ]]],
  AWSLambda_FullAccess: [[['kms:DescribeKey', 'kms:ListAliases']]],
  AWSLambda_ReadOnlyAccess: [['kms:ListAliases']],
  DatabaseAdministrator: [['kms:ListKeys']],
  DataScientist: [['kms:List*']],
  // All but iam, organizations and account.
  PowerUserAccess: [[['kms:*', 'sts:*']]],
  ReadOnlyAccess: LOOK,
  SecretsManagerReadWrite: [[['kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys']]],
  SecurityAudit: LOOK,
  SupportUser: LOOK,
  SystemAdministrator: [[[
    'kms:CreateAlias', 'kms:CreateKey', 'kms:DeleteAlias', 'kms:Describe*', 'kms:Encrypt', 'kms:GenerateRandom', 'kms:Get*', 'kms:List*', 'kms:ReEncrypt*',
  ]]],
  ViewOnlyAccess: [[['kms:ListKeys', 'kms:ListResourceTags']]],
}));

/** What the same policies, and those below, allow of the actions of AWS IAM that hand roles to services or change who may do what. */
const ALLOWED_OF_ROLES: ReadonlyMap<string, readonly Allow[]> = new Map(Object.entries<readonly Allow[]>({
  AmazonDynamoDBFullAccess: [passRole(['application-autoscaling.*', 'dax.*'])],
  AmazonElasticFileSystemFullAccess: [passRole(['elasticfilesystem.*'])],
  AutoScalingServiceRolePolicy: [passRole(['ec2.*'])],
  AWSBackupFullAccess: [passRole(['backup.*', 'restore-testing.backup.*', 'malware-protection.guardduty.*'], 'role/*AwsBackup*', 'role/*AWSBackup*')],
  AWSBackupServiceRolePolicyForBackup: [passRole(['malware-protection.guardduty.*'])],
  AWSBackupServiceRolePolicyForRestores: [passRole(['backup.*', 'ec2.*', 'eks.*', 'pods.eks.*'])],
  AWSEC2FleetServiceRolePolicy: [passRole(['ec2.*'])],
  AWSEC2SpotFleetServiceRolePolicy: [passRole(['ec2.*'])],
  AWSEC2SpotServiceRolePolicy: [passRole(['ec2.*'])],
  AWSLambda_FullAccess: [passRole(['lambda.*'])],
  DatabaseAdministrator: [passRole([], 'role/rds-monitoring-role', 'role/rdbms-lambda-access', 'role/lambda_exec_role', 'role/lambda-dynamodb-*',
    'role/lambda-vpc-execution-role', 'role/DataPipelineDefaultRole', 'role/DataPipelineDefaultResourceRole')],
  DataScientist: [passRole(['sagemaker.*']), passRole([], 'role/DataPipelineDefaultRole', 'role/DataPipelineDefaultResourceRole', 'role/EMR_EC2_DefaultRole',
    'role/EMR_DefaultRole', 'role/kinesis-*')],
  IAMFullAccess: [['iam:*']],
  NetworkAdministrator: [passRole([], 'role/flow-logs-*')],
  SystemAdministrator: [passRole([], 'role/rds-monitoring-role', 'role/ec2-sysadmin-*', 'role/ecr-sysadmin-*', 'role/lambda-sysadmin-*')],
}));

/** AWS managed policies that say nothing of AWS KMS. */
const SILENT: ReadonlySet<string> = new Set([
  'AmazonAPIGatewayPushToCloudWatchLogs', 'AmazonEBSCSIDriverPolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess', 'AmazonECSTaskExecutionRolePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEKSWorkerNodePolicy', 'AmazonRDSEnhancedMonitoringRole',
  'AmazonRDSFullAccess', 'AmazonRDSReadOnlyAccess', 'AmazonRDSServiceRolePolicy', 'AmazonRedshiftFullAccess', 'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess', 'AmazonSNSFullAccess', 'AmazonSQSFullAccess', 'AmazonSSMFullAccess', 'AmazonSSMManagedInstanceCore', 'AmazonSSMPatchAssociation',
  'AmazonSSMReadOnlyAccess', 'AutoScalingServiceRolePolicy', 'AWSCloudFormationFullAccess', 'AWSCodeBuildDeveloperAccess', 'AWSDataLifecycleManagerServiceRole',
  'AWSDataLifecycleManagerServiceRoleForAMIManagement', 'AWSEC2FleetServiceRolePolicy', 'AWSEC2SpotFleetServiceRolePolicy', 'AWSEC2SpotServiceRolePolicy',
  'AWSGlueServiceRole', 'AWSLambdaBasicExecutionRole', 'AWSLambdaDynamoDBExecutionRole', 'AWSLambdaKinesisExecutionRole', 'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaVPCAccessExecutionRole', 'AWSStepFunctionsFullAccess', 'AWSXRayDaemonWriteAccess', 'Billing', 'CloudWatchAgentServerPolicy', 'CloudWatchFullAccess',
  'CloudWatchLogsFullAccess', 'CloudWatchLogsReadOnlyAccess', 'IAMFullAccess', 'IAMReadOnlyAccess', 'NetworkAdministrator',
]);

/** Those that deny: apart from these, boundaries and policies of single tasks, none of the 1,525 that AWS had in March 2026 denies anything of AWS KMS, of roles or of users. */
const MAY_DENY = /Boundary|AllowListForIdentityContext|AgentlessServiceRolePolicy|Quarantine|RootUser|Unlock|Deny/;

/** What is known of an AWS managed policy. */
export interface ManagedPolicy {
  readonly name: string;
  /** Its statements about AWS KMS, and about who can become or change whom, where they are known. */
  readonly document?: object;
  readonly mayDeny: boolean;
}

/** The AWS managed policy of an ARN; nothing where the ARN is of another kind. */
export function managedPolicy(arn: Text): ManagedPolicy | undefined {
  const parts = parseArn(arn);
  if (parts?.service !== 'iam' || parts.account !== 'aws' || !isKnown(parts.resource) || !parts.resource.startsWith('policy/')) {
    return undefined;
  }
  const name = splitText(parts.resource, '/')!.at(-1)!;
  return { name, document: document(name), mayDeny: MAY_DENY.test(name) };
}

/** Service-linked roles whose policies are known, by their names without a suffix. */
export const SERVICE_LINKED_ROLES: ReadonlyMap<string, { readonly service: string; readonly policy: string }> = new Map(Object.entries({
  AWSServiceRoleForAutoScaling: { service: 'autoscaling.amazonaws.com', policy: 'AutoScalingServiceRolePolicy' },
  AWSServiceRoleForBackup: { service: 'backup.amazonaws.com', policy: 'AWSBackupServiceLinkedRolePolicyForBackup' },
  AWSServiceRoleForEC2Fleet: { service: 'ec2fleet.amazonaws.com', policy: 'AWSEC2FleetServiceRolePolicy' },
  AWSServiceRoleForEC2Spot: { service: 'spot.amazonaws.com', policy: 'AWSEC2SpotServiceRolePolicy' },
  AWSServiceRoleForEC2SpotFleet: { service: 'spotfleet.amazonaws.com', policy: 'AWSEC2SpotFleetServiceRolePolicy' },
  AWSServiceRoleForRDS: { service: 'rds.amazonaws.com', policy: 'AmazonRDSServiceRolePolicy' },
}));

function document(name: string): object | undefined {
  const allows = SILENT.has(name) ? [] : ALLOWED.get(name);
  const effect = name === 'AWSDenyAll' ? 'Deny' : 'Allow';
  const all = name === 'AWSDenyAll' ? [['*']] as readonly Allow[] : allows && [...allows, ...ALLOWED_OF_ROLES.get(name) ?? []];
  return all && {
    Version: '2012-10-17',
    Statement: all.map(([Action, Condition, Resource = '*']) => ({ Effect: effect, Action, Resource, ...Condition ? { Condition } : {} })),
  };
}

/** To services by the beginnings of their names, or to all; of every name, or of those that are given. */
function passRole(services: readonly string[], ...roles: readonly string[]): Allow {
  const condition = services.length === 0 ? undefined : { StringLike: { 'iam:PassedToService': services } };
  return ['iam:PassRole', condition, roles.length === 0 ? undefined : roles.map((role) => `arn:*:iam::*:${role}`)];
}

function through(...services: string[]): { StringLike: object } {
  return { StringLike: { 'kms:ViaService': services.map((service) => `${service}.*.amazonaws.com`) } };
}
