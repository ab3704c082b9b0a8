import { Duration, Fn, Size, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import {
  CustomerManagedKey, EbsSnapshotPolicy, EbsSnapshotRetention, EbsSnapshotSchedule, EbsSnapshotTarget, EncryptedVolume, SnapshotDestination,
} from 'cdk-kms-patterns';

/** The volume, who works with it, and the policy that makes its snapshots and copies them. */
export class SourceStack extends Stack {
  public readonly nightly: EbsSnapshotPolicy;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, description: 'A volume, and its snapshots' });
    const encryptionKey = new CustomerManagedKey(this, 'Key', { alias: 'volume-in-another-region', description: 'The volume and its snapshots' });
    const ledger = new EncryptedVolume(this, 'Ledger', { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(20), encryptionKey });
    Tags.of(ledger).add('backup', 'nightly');
    this.nightly = new EbsSnapshotPolicy(this, 'Nightly', {
      target: EbsSnapshotTarget.volumes('backup', 'nightly'),
      volumeKeys: [encryptionKey],
      schedule: EbsSnapshotSchedule.daily('03:00'),
      retention: EbsSnapshotRetention.count(7),
      copies: [{ destination: SnapshotDestination.inRegion('ap-southeast-2'), retention: Duration.days(30) }],
    });
    ledger.grantAttachVolume(new iam.Role(this, 'Operator', { assumedBy: new iam.AccountPrincipal(this.account) }));
  }
}
