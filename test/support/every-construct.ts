import { App, AppProps, Duration, Environment, Fn, Size, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { AURORA_POSTGRES, POSTGRES, vpcWith, WRITER } from './databases';
import { exampleContext } from './example-app';
import { nightly, volumeIn } from './snapshots';
import { copied, copiedServerless } from './warehouse-copies';
import { newCluster, newServerless } from './warehouses';
import {
  BackupCopy, BucketDestination, BucketReplication, CustomerManagedKey, EbsEncryptionByDefault, EbsSnapshotCopy, EncryptedBucket,
  EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedLaunchTemplate, EncryptedSecret, EncryptedVolume, MultiRegionKey, ParameterValue,
  RdsBackupReplication, RdsSnapshotCopy, SecretReplication, SecureStringCopy, SecureStringParameter, SnapshotDestination, SourceKeys,
} from '../../src';

/** Every construct of ours, by the name of its class, with its defaults. */
export const CONSTRUCTS: Readonly<Record<string, (stack: Stack) => void>> = {
  BackupCopy: (stack) => new BackupCopy(stack, 'Backups', {
    resources: [backup.BackupResource.fromConstruct(new EncryptedVolume(stack, 'Volume', { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) }))],
    destinations: [SnapshotDestination.inRegion('ap-southeast-2')],
    maxAge: Duration.hours(26),
  }),
  BucketReplication: (stack) => new BucketReplication(stack, 'Copies', {
    source: new EncryptedBucket(stack, 'Bucket'), destination: BucketDestination.newBucket(SnapshotDestination.inRegion('ap-southeast-2')),
  }),
  CustomerManagedKey: (stack) => new CustomerManagedKey(stack, 'Key'),
  EbsEncryptionByDefault: (stack) => new EbsEncryptionByDefault(stack, 'Setting'),
  EbsSnapshotCopy: (stack) => new EbsSnapshotCopy(stack, 'Copies', {
    destination: SnapshotDestination.inRegion('ap-southeast-2'), sourceKeys: SourceKeys.withAliases('data'),
  }),
  EbsSnapshotPolicy: (stack) => nightly(stack, { volumeKeys: [volumeIn(stack).encryptionKey] }),
  EncryptedBucket: (stack) => new EncryptedBucket(stack, 'Bucket'),
  EncryptedDatabaseCluster: (stack) => new EncryptedDatabaseCluster(stack, 'Cluster', { engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(stack, 'isolated') }),
  EncryptedDatabaseInstance: (stack) => new EncryptedDatabaseInstance(stack, 'Instance', { engine: POSTGRES, vpc: vpcWith(stack, 'isolated') }),
  EncryptedLaunchTemplate: (stack) => new EncryptedLaunchTemplate(stack, 'Template', {
    rootDevice: { deviceName: '/dev/xvda', size: Size.gibibytes(16) }, blockDevices: [{ deviceName: '/dev/sdf', size: Size.gibibytes(100) }],
  }),
  EncryptedRedshiftCluster: newCluster,
  EncryptedRedshiftServerless: newServerless,
  EncryptedSecret: (stack) => new EncryptedSecret(stack, 'Secret'),
  EncryptedVolume: (stack) => new EncryptedVolume(stack, 'Volume', { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) }),
  MultiRegionKey: (stack) => new MultiRegionKey(stack, 'Key'),
  MultiRegionReplicaKey: (stack) => new MultiRegionKey(new Stack(stack.node.root, 'Primary', { env: { region: 'eu-west-1' } }), 'Key').replicaIn(stack, 'Key'),
  RdsBackupReplication: (stack) => new RdsBackupReplication(stack, 'Copies', {
    source: new EncryptedDatabaseInstance(stack, 'Instance', { engine: POSTGRES, vpc: vpcWith(stack, 'isolated') }),
    destination: SnapshotDestination.inRegion('ap-southeast-2'),
    maxAge: Duration.hours(2),
  }),
  RdsSnapshotCopy: (stack) => new RdsSnapshotCopy(stack, 'Copies', {
    destination: SnapshotDestination.inRegion('ap-southeast-2'), sourceKeys: SourceKeys.withAliases('data'),
  }),
  RedshiftServerlessSnapshotCopy: (stack) => copiedServerless(newServerless(stack), { maxAge: Duration.hours(2) }),
  RedshiftSnapshotCopy: (stack) => copied(newCluster(stack)),
  SecretReplication: (stack) => new SecretReplication(stack, 'Copies', {
    source: new EncryptedSecret(stack, 'Secret'), destination: SnapshotDestination.inRegion('ap-southeast-2'),
  }),
  SecureStringCopy: (stack) => new SecureStringCopy(stack, 'Copy', {
    source: new SecureStringParameter(stack, 'Parameter', { parameterName: '/copied', value: ParameterValue.generated() }),
    destination: SnapshotDestination.inRegion('ap-southeast-2'),
  }),
  SecureStringParameter: (stack) => new SecureStringParameter(stack, 'Parameter', { parameterName: '/token', value: ParameterValue.generated() }),
};

/** The others are in stacks that leave it to deployment. */
const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  BackupCopy: { region: 'eu-west-2' },
  BucketReplication: { region: 'eu-west-2' },
  EbsSnapshotCopy: { region: 'eu-west-2' },
  EbsSnapshotPolicy: { region: 'eu-west-2' },
  MultiRegionReplicaKey: { region: 'eu-west-2' },
  RdsBackupReplication: { region: 'eu-west-2' },
  RdsSnapshotCopy: { region: 'eu-west-2' },
  RedshiftServerlessSnapshotCopy: { region: 'eu-west-2' },
  RedshiftSnapshotCopy: { region: 'eu-west-2' },
  SecretReplication: { region: 'eu-west-2' },
  SecureStringCopy: { region: 'eu-west-2' },
};

/** Every construct in a stack of its own, with the feature flags that AWS CDK recommends. */
export function constructsApp(context: Record<string, unknown> = {}, props: AppProps = {}): App {
  const app = new App({ ...props, context: { ...exampleContext('data-platform'), ...context } });
  Object.entries(CONSTRUCTS).forEach(([name, build]) => build(new Stack(app, name, { env: ENVIRONMENTS[name] })));
  return app;
}
