import { type Acknowledgement, inPacks } from '../acknowledge-findings';

const NOT_IN_A_PLAN = ['HIPAA.Security-EC2EBSInBackupPlan', 'NIST.800.53.R5-EC2EBSInBackupPlan'];

/** What cdk-nag finds and stays as it is. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  { at: ['LedgerOwner/Ledger/Default'], rules: NOT_IN_A_PLAN, reason: 'Its snapshots are made to be shared, and are kept by another account.' },
  {
    at: ['LedgerOwner/Operator', 'LedgerRestore/Restorer'],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'The policy is for this role alone, and goes with it.',
  },
  {
    at: ['LedgerOwner/Operator'],
    rules: ['AwsSolutions-IAM5[Resource::arn:aws:ec2:eu-west-2:123456789012:instance/*]'],
    reason: 'The volume is attached to any instance, and no other volume is.',
  },
  {
    at: ['LedgerRestore/Restorer'],
    rules: ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::arn:aws:ec2:eu-west-2::snapshot/*]'],
    reason: 'Amazon EC2 describes all snapshots or none, and the ids of those that are shared are known when they are.',
  },
];

/** What is found of the volume that is restored. */
export const RESTORED: Acknowledgement = {
  at: ['LedgerRestore'],
  rules: [...NOT_IN_A_PLAN, 'AwsSolutions-IAM5[Resource::arn:aws:ec2:eu-west-2:444455556666:instance/*]'],
  reason: 'The volume is attached to any instance, and the snapshot that it is made of stays.',
};
