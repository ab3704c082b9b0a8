import { type Acknowledgement, inPacks } from '../acknowledge-findings';

/** What cdk-nag finds and stays as it is. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  {
    at: ['AutoscalingFleetInstances/Evidence/Default'],
    rules: ['HIPAA.Security-EC2EBSInBackupPlan', 'NIST.800.53.R5-EC2EBSInBackupPlan'],
    reason: 'What is found goes into a report when an investigation ends.',
  },
  {
    at: ['AutoscalingFleetNetwork/Network/Rejected/IAMRole', ...['Auditor', 'Operator'].map((role) => `AutoscalingFleetPeople/${role}`)],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'The policy is for this role alone, and goes with it.',
  },
  {
    at: ['AutoscalingFleetPeople/Operator'],
    rules: [...['instance', 'network-interface', 'security-group', 'subnet', 'volume'].map((kind) => findingAt(`<AWS::AccountId>:${kind}`)),
      ...['image', 'snapshot'].map((kind) => findingAt(`:${kind}`))],
    reason: 'What is launched has no id before, and is launched from the launch template only.',
  },
];

function findingAt(resources: string): string {
  return `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:<AWS::Region>:${resources}/*]`;
}
