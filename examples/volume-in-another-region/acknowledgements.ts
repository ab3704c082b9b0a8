import { type Acknowledgement, inPacks } from '../acknowledge-findings';

const NOT_IN_A_PLAN = ['HIPAA.Security-EC2EBSInBackupPlan', 'NIST.800.53.R5-EC2EBSInBackupPlan'];

/** What cdk-nag finds and stays as it is. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  { at: ['VolumeInLondon/Ledger/Default'], rules: NOT_IN_A_PLAN, reason: 'Amazon Data Lifecycle Manager makes its snapshots, and no plan of AWS Backup.' },
  {
    at: ['VolumeInLondon/Operator', 'VolumeInSydney/Operator'],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'The policy is for this role alone, and goes with it.',
  },
  {
    at: ['VolumeInLondon/Operator'],
    rules: ['AwsSolutions-IAM5[Resource::arn:aws:ec2:eu-west-2:<AWS::AccountId>:instance/*]'],
    reason: 'The volume is attached to any instance, and no other volume is.',
  },
];

/** What is found of the volume that is restored. */
export const RESTORED: Acknowledgement = {
  at: ['VolumeInSydney'],
  rules: [...NOT_IN_A_PLAN, 'AwsSolutions-IAM5[Resource::arn:aws:ec2:ap-southeast-2:<AWS::AccountId>:instance/*]'],
  reason: 'The volume is attached to any instance until its work moves back to its own Region.',
};
