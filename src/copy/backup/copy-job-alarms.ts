import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { NewestCopyAlarm } from '../newest-copy-alarm';

/** What AWS Backup tells of copy jobs, in the Region of their source. */
function copyJobs(states: string[], detail: { readonly [name: string]: string[] }): events.EventPattern {
  return { source: ['aws.backup'], detailType: ['Copy Job State Change'], detail: { state: states, ...detail } };
}

/** Matches the copy jobs from a vault that failed. */
export function failures(copy: Construct, sourceBackupVaultArn: string): events.Rule {
  return new events.Rule(copy, 'Failed', {
    description: `Matches the copies of ${copy.node.path} that failed`,
    eventPattern: copyJobs(['FAILED', 'PARTIAL'], { sourceBackupVaultArn: [sourceBackupVaultArn] }),
  });
}

/** Rings when no copy to a vault was finished in all the time. */
export function newestCopyAlarm(copy: Construct, region: string, maxAge: Duration, from: string, to: string): cloudwatch.Alarm {
  const finished = copyJobs(['COMPLETED'], { sourceBackupVaultArn: [from], destinationBackupVaultArn: [to] });
  return NewestCopyAlarm.ofEvents(new Construct(copy, region), 'NewestCopy', maxAge, finished).alarm;
}
