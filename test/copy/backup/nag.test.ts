import { Duration } from 'aws-cdk-lib';
import { backedUp, diskIn } from '../../support/backups';
import { nagFindingsInLondon } from '../../support/nag';

function findings(copies: boolean): string[] {
  return nagFindingsInLondon((data) => {
    const disk = diskIn(data);
    if (copies) {
      expect(backedUp(data, [disk], { maxAge: Duration.hours(26) }).copies[0].restoreRole).toBeDefined();
    }
  });
}

// Not acknowledged: a team can say whom an alarm calls, and give a role of its own; an id with :: in it takes no acknowledgement of ours.
test('a plan mends what is found in what it backs up, and the policies of AWS and alarms without an action are found', () => {
  const plan = ['HIPAA.Security', 'NIST.800.53.R5'].map((pack) => `Data/Disk/Default/Resource ${pack}-EC2EBSInBackupPlan`);
  const alarms = ['Failures', 'ap-southeast-2/NewestCopy/Default'].flatMap((alarm) =>
    ['HIPAA.Security', 'NIST.800.53.R5'].map((pack) => `Data/Backups/${alarm}/Resource ${pack}-CloudWatchAlarmAction`));

  const policies = [['Data/Backups/Role', 'Backup'], ['Data-copies-ap-southeast-2/Data-Backups/RestoreRole', 'Restores']].map(([path, purpose]) =>
    `${path}/Resource AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${purpose}]`);

  expect(findings(false)).toEqual(plan);
  expect(findings(true)).toEqual([...alarms, ...policies].sort());
});
