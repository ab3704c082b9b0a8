import { Arn, ArnFormat, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { Destination } from '../destination';
import { newestCopySearch } from '../newest-copy-search';

/** Replicated backups that an alarm is about. */
export interface ReplicatedBackups {
  readonly instance: rds.CfnDBInstance;
  readonly destination: Destination;
  readonly maxAge: Duration;
  /** How many instances of the Region the app replicates under the key. */
  readonly together: () => number;
}

/**
 * The alarm of replicated backups, which Amazon RDS tells nobody of.
 *
 * What is looked for has a name, or the key: the stack there does not refer to the instance, whose name is known at deployment only where it is generated.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstanceAutomatedBackups.html
 */
export function replicatedBackupsAlarm(
  copy: Construct, { instance, destination: { stack, key }, maxAge, together }: ReplicatedBackups,
): cloudwatch.Alarm {
  const { region } = Stack.of(instance);
  const name: unknown = Stack.of(instance).resolve(instance.dbInstanceIdentifier);
  const isNamed = typeof name === 'string';
  const all = Lazy.string({ produce: () => `${together()}` });
  return newestCopySearch(copy, {
    maxAge,
    stack,
    key,
    lists: [{
      suffix: 'ForBackups',
      call: 'rds:describeDBInstanceAutomatedBackups',
      size: 'MaxRecords',
      marker: 'Marker',
      list: 'DbInstanceAutomatedBackups',
      isCopy: `Region = '${region}' and ${isNamed ? `$lowercase(DbInstanceIdentifier) = '${name.toLowerCase()}'` : `KmsKeyId = '${key.keyArn}'`}`,
      time: 'RestoreWindow.LatestTime',
    }],
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
    statements: [new iam.PolicyStatement({
      actions: ['rds:DescribeDBInstanceAutomatedBackups'],
      resources: ['auto-backup', 'db'].map((resource) =>
        Arn.format({ service: 'rds', resource, resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack)),
    })],
    tooFew: isNamed ? `No replicated backup of ${name} from ${region} is` : `Fewer than ${all} replicated backups from ${region} are under this key and`,
    wanted: isNamed ? undefined : all,
  });
}
