import { Annotations, Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { RestorePoint } from './restore-point';
import { assertOfRegion } from './snapshot-region';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';

interface InstanceSource {
  readonly snapshotIdentifier?: string;
  readonly clusterSnapshotIdentifier?: string;
  readonly restorePoint?: RestorePoint;
  readonly encryptionKey?: ICustomerManagedKey;
}

/** How to see the key of what an instance is restored from. */
const DESCRIBE = {
  snapshotIdentifier: 'describe-db-snapshots --db-snapshot-identifier',
  clusterSnapshotIdentifier: 'describe-db-cluster-snapshots --db-cluster-snapshot-identifier',
  restorePoint: 'describe-db-instance-automated-backups --db-instance-automated-backups-arn',
};

/**
 * Whether an instance is restored. Then it has the key of its snapshot or backups: Amazon RDS takes no other, and CloudFormation drops the one in the template.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/tree/main/aws-rds-dbinstance
 */
export function isRestored(database: Construct, source: InstanceSource): boolean {
  const { encryptionKey, restorePoint } = source;
  const given = (['snapshotIdentifier', 'clusterSnapshotIdentifier', 'restorePoint'] as const).filter((property) => source[property] !== undefined);
  if (given.length === 0) {
    return false;
  }
  if (given.length > 1) {
    throw new KmsPatternsError('RestoredTwice', `an instance is restored from one source, given: ${given.join(' and ')}; leave one of them out`, database);
  }
  const [property] = given;
  restorePoint?._assertFor(database);
  const id = restorePoint?.automatedBackupsArn ?? source.snapshotIdentifier ?? source.clusterSnapshotIdentifier!;
  const what = restorePoint ? 'backups' : 'snapshot';
  const name = Token.isUnresolved(id) ? `${restorePoint ? 'backups that are' : 'a snapshot that is'} known at deployment only` : id;
  assertOfRegion(database, id);
  if (!encryptionKey) {
    throw new KmsPatternsError('SnapshotKeyNotGiven',
      `Amazon RDS keeps the key of the ${what} when it restores an instance, given: ${name} without encryptionKey; `
      + (restorePoint ? 'give the key that they are replicated under' : 'copy the snapshot under a key of yours, and give that key'), database);
  }
  Annotations.of(database).addWarningV2('cdk-kms-patterns:snapshotKeyNotSeen',
    `The instance gets the key of its ${what}, or none where the ${what} ${restorePoint ? 'are' : 'is'} not encrypted, whatever key is given, and neither Amazon RDS nor `
    + `CloudFormation says so, given: ${name}. See with aws rds ${DESCRIBE[property]} whether its KmsKeyId is ${encryptionKey.node.path}, and acknowledge this.`);
  return true;
}

/** Has an instance restored from automated backups, which `rds.DatabaseInstanceFromSnapshot` has no property for. */
export function restoreFromBackups(resource: rds.CfnDBInstance, { automatedBackupsArn, time }: RestorePoint): void {
  resource.dbSnapshotIdentifier = undefined;
  resource.sourceDbInstanceAutomatedBackupsArn = automatedBackupsArn;
  resource.restoreTime = time;
  resource.useLatestRestorableTime = time === undefined ? true : undefined;
}
