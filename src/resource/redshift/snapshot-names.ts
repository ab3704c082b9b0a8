import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { EncryptedRedshiftClusterProps } from './encrypted-redshift-cluster-props';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** A restored cluster keeps the names of its snapshot, and CloudFormation replaces it when they change in the template. */
export function assertSnapshotNames(cluster: IConstruct, props: EncryptedRedshiftClusterProps): void {
  const { snapshotIdentifier, snapshotClusterIdentifier, snapshotOwnerAccount, databaseName, adminUsername } = props;
  if (snapshotIdentifier === undefined) {
    const of = Object.entries({ snapshotClusterIdentifier, snapshotOwnerAccount }).filter(([, given]) => given !== undefined).map(([name]) => name);
    if (of.length > 0) {
      throw new KmsPatternsError('SnapshotNotGiven',
        `an empty cluster would be made, given: ${of.join(' and ')} without snapshotIdentifier; write snapshotIdentifier, or leave them out`, cluster);
    }
    return;
  }
  const missing = Object.entries({ databaseName, adminUsername }).filter(([, given]) => given === undefined).map(([name]) => name);
  if (missing.length > 0) {
    const name = Token.isUnresolved(snapshotIdentifier) ? 'a snapshot that is known at deployment only' : snapshotIdentifier;
    throw new KmsPatternsError('NamesOfSnapshotNotGiven',
      `a restored cluster keeps the database and the administrator of its snapshot, given: ${name} without ${missing.join(' and ')}; `
      + 'write the names that the snapshot has', cluster);
  }
}
