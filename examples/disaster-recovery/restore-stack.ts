import { type Environment, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type Snapshots } from './snapshots';
import { LEDGER, WAREHOUSE } from '../data-platform/data-stack';
import { type KeysStack } from '../data-platform/keys-stack';
import { type NetworkStack } from '../data-platform/network-stack';
import { EncryptedDatabaseInstance, EncryptedRedshiftCluster, EncryptedVolume } from 'cdk-kms-patterns';

export interface RestoreProps {
  readonly keys: KeysStack;
  readonly network: NetworkStack;
  readonly snapshots: Snapshots;
}

/** What is restored from the copies, under their key, when the first Region is lost: nothing here refers to it. */
export class RestoreStack extends Stack {
  constructor(scope: Construct, id: string, { keys, network: { vpc }, snapshots }: RestoreProps, env: Environment) {
    super(scope, id, { env, description: 'The restored data stores of the data platform' });
    const encryptionKey = keys.data;
    const catalogue = new EncryptedVolume(this, 'Catalogue', {
      availabilityZone: this.availabilityZones[0],
      encryptionKey,
      snapshotId: snapshots.catalogue,
    });
    const ledger = new EncryptedDatabaseInstance(this, 'Ledger', {
      ...LEDGER,
      vpc,
      encryptionKey,
      snapshotIdentifier: snapshots.ledger,
      cloudwatchLogsEncryptionKey: keys.operations,
    });
    Validations.of(ledger).acknowledge({ id: 'cdk-kms-patterns:snapshotKeyNotSeen', reason: 'Copies are made under this key.' });
    const warehouse = new EncryptedRedshiftCluster(this, 'Warehouse', { ...WAREHOUSE, vpc, encryptionKey, snapshotIdentifier: snapshots.warehouse });

    ledger.grantConnect(new iam.Role(this, 'Ingest', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }), 'ingest');
    const people = new iam.AccountPrincipal(this.account);
    warehouse.grantDataApi(new iam.Role(this, 'Analyst', { assumedBy: people }));
    catalogue.grantAttachVolume(new iam.Role(this, 'Operator', { assumedBy: people }));
  }
}
