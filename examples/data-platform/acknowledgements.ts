import { type App, Validations } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

interface Acknowledgement {
  /** Construct paths. */
  readonly at: string[];
  readonly rules: string[];
  readonly reason: string;
}

const LAKE_OBJECTS = 'Resource::{"Fn::GetStackOutput":{"StackName":"DataPlatformData","Region":{"Ref":"AWS::Region"},'
  + '"OutputName":"PublishOutputFnGetAttLake5F1B88EAArn1C68C0C3"}}/*';

/** What cdk-nag finds and stays as it is. */
const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  {
    at: ['DataPlatformData/Lake/Default', 'DataPlatformData/Lake/AccessLogs'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'The data stays in one Region; versions keep what is overwritten or deleted.',
  },
  {
    at: ['DataPlatformData/Catalogue/Default'],
    rules: ['HIPAA.Security-EC2EBSInBackupPlan', 'NIST.800.53.R5-EC2EBSInBackupPlan'],
    reason: 'The catalogue is computed from the lake, and can be computed again.',
  },
  {
    at: ['DataPlatformData/PartnerToken'],
    rules: ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled', 'NIST.800.53.R5-SecretsManagerRotationEnabled'],
    reason: 'The partner issues the token, and says when it changes.',
  },
  {
    at: ['DataPlatformData/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role'],
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]'],
    reason: 'The function is that of AWS CDK; the policy lets it write its log.',
  },
  {
    at: ['DataPlatformData/Lake/Default/Notifications/HandlerPolicy', 'DataPlatformConsumers/Network/Rejected/IAMRole',
      ...['Analyst', 'Auditor', 'Ingest', 'Operator'].map((role) => `DataPlatformConsumers/${role}`)],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'The policy is for this role alone, and goes with it.',
  },
  {
    at: ['DataPlatformConsumers/Analyst'],
    rules: ['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*', LAKE_OBJECTS].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'The analyst reads all objects of the lake, with their tags and versions.',
  },
  {
    at: ['DataPlatformConsumers/Ingest'],
    rules: ['Action::s3:Abort*', LAKE_OBJECTS].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'The worker names the objects that it writes.',
  },
  {
    at: ['DataPlatformConsumers/Worker'],
    rules: ['AwsSolutions-EC29'],
    reason: 'The worker can be replaced at any time: what it keeps is on the volume of the catalogue.',
  },
];

export function acknowledgeFindings(app: App): void {
  for (const { at, rules, reason } of ACKNOWLEDGEMENTS) {
    at.map((path) => constructAt(app, path)).forEach((construct) => rules.forEach((rule) => acknowledge(construct, rule, reason)));
  }
}

function acknowledge(construct: IConstruct, id: string, reason: string): void {
  if (id.split('::').length > 2) {
    // Validations refuses such an id, which cdk-nag makes of a policy's ARNs and references.
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
  } else {
    Validations.of(construct).acknowledge({ id, reason });
  }
}

function constructAt(app: App, path: string): IConstruct {
  return path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), app);
}

function inPacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}
