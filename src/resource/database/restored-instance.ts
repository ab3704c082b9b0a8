import { Annotations, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';

interface InstanceSource {
  readonly snapshotIdentifier?: string;
  readonly clusterSnapshotIdentifier?: string;
  readonly encryptionKey?: ICustomerManagedKey;
}

/**
 * Whether an instance is restored. Then it has the key of its snapshot: Amazon RDS takes no other, and CloudFormation drops the one in the template.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/tree/main/aws-rds-dbinstance
 */
export function isRestored(database: Construct, { snapshotIdentifier, clusterSnapshotIdentifier, encryptionKey }: InstanceSource): boolean {
  const snapshot = snapshotIdentifier ?? clusterSnapshotIdentifier;
  if (snapshot === undefined) {
    return false;
  }
  const name = Token.isUnresolved(snapshot) ? 'a snapshot that is known at deployment only' : snapshot;
  if (!encryptionKey) {
    throw new KmsPatternsError('SnapshotKeyNotGiven',
      `Amazon RDS keeps the key of the snapshot when it restores an instance, given: ${name} without encryptionKey; `
      + 'copy the snapshot under a key of yours, and give that key', database);
  }
  const describe = snapshotIdentifier ? 'describe-db-snapshots --db-snapshot-identifier' : 'describe-db-cluster-snapshots --db-cluster-snapshot-identifier';
  Annotations.of(database).addWarningV2('cdk-kms-patterns:snapshotKeyNotSeen',
    'The instance gets the key of its snapshot, or none where the snapshot is not encrypted, whatever key is given, and neither Amazon RDS nor CloudFormation '
    + `says so, given: ${name}. See with aws rds ${describe} whether its KmsKeyId is ${encryptionKey.node.path}, and acknowledge this.`);
  return true;
}
