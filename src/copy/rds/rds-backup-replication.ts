import { isDeepStrictEqual } from 'node:util';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as rds from 'aws-cdk-lib/aws-rds';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { assertSameAccount } from '../destination';
import { RdsBackupReplicationProps } from './rds-backup-replication-props';
import { replicatedBackupsAlarm } from './replicated-backups-alarm';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { templateProperties } from '../../private/template-properties';
import { EncryptedDatabaseInstance } from '../../resource/database/encrypted-database-instance';
import { KmsService } from '../../service/kms-service';

/**
 * Replicates the automated backups of an Amazon RDS database instance to another Region, encrypted there under a key of that Region.
 *
 * Snapshots and transaction logs are copied as soon as they are there: in the other Region the database is restored to any point in time of the
 * retention. The replication is three properties of the instance, changed without interruption. Amazon RDS bills the transfer between Regions and
 * the storage there, and replicates 20 instances of an account to each Region. Not every engine and pair of Regions has it, nor has Aurora, whose
 * automated and manual snapshots `RdsSnapshotCopy` copies.
 *
 * Both keys let in Amazon RDS of both Regions, which copies with the permissions of whoever deploys, and by grants made with them: `deployPermissions()`
 * of each key has them. AWS does not say which of them are needed: they are those that copies of snapshots need. Who uses the database, or the key
 * of the source, decrypts nothing of the copies. A key that is disabled or deleted stops the replication.
 *
 * Where the construct leaves the app, the replication stops, and what was replicated is kept until its retention ends.
 *
 * @example
 * declare const ledger: EncryptedDatabaseInstance;
 * new RdsBackupReplication(this, 'LedgerInSydney', {
 *   source: ledger,
 *   destination: SnapshotDestination.inRegion('ap-southeast-2'),
 *   retention: Duration.days(14),
 *   maxAge: Duration.hours(2),
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedXREGBackups.Troubleshooting.html
 */
@propertyInjectable
export class RdsBackupReplication extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.RdsBackupReplication';

  /** The Region of the replicated backups. */
  public readonly destinationRegion: string;
  /** The stack there: what is restored from the backups belongs into it, or beside it. */
  public readonly destinationStack: Stack;
  /** The key that the replicated backups are encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** Rings when the replicated backups are older than `maxAge`, or cannot be looked for. It is in the Region of the backups, and has no action yet. */
  public readonly newestCopyAlarm?: cloudwatch.Alarm;

  private readonly instance: rds.CfnDBInstance;

  constructor(scope: Construct, id: string, props: RdsBackupReplicationProps) {
    super(scope, id);
    const { source, destination, retention = Duration.days(7), maxAge } = props;
    this.assertInstance(source);
    const instance = this.instance = source.instance.node.defaultChild as rds.CfnDBInstance;
    const sourceStack = Stack.of(instance);
    this.assertFirst(instance);
    this.assertRetention(retention);
    const { stack, key } = destination._for(this, instance);
    assertSameAccount(this, sourceStack, stack, 'Amazon RDS replicates backups');
    this.destinationRegion = stack.region;
    this.destinationStack = stack;
    this.destinationKey = key;
    viaAlsoIn(source.encryptionKey, KmsService.RDS_COPIES, [stack.region]);
    const { keyArn } = viaAlsoIn(key, KmsService.RDS_COPIES, [sourceStack.region]);
    instance.automaticBackupReplicationRegion = stack.region;
    instance.automaticBackupReplicationKmsKeyId = keyArn;
    instance.automaticBackupReplicationRetentionPeriod = retention.toDays();
    this.newestCopyAlarm = maxAge && replicatedBackupsAlarm(this, { instance, destination: { stack, key }, maxAge, together: () => this.together() });
    this.node.addValidation({ validate: () => [...replicationUndone(instance, stack.region, keyArn), ...backupsOff(instance)] });
  }

  /** How many instances of the Region are replicated under the key. */
  private together(): number {
    return this.node.root.node.findAll().filter((other) => other instanceof RdsBackupReplication
      && other.destinationKey === this.destinationKey && Stack.of(other.instance).region === Stack.of(this.instance).region).length;
  }

  /** Amazon RDS has no call for it: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstanceAutomatedBackupsReplication.html */
  private assertInstance(source: EncryptedDatabaseInstance): void {
    if (!source.instance) {
      throw new KmsPatternsError('AuroraNotReplicated',
        `Amazon RDS replicates the automated backups of instances, not of Aurora clusters, given: ${source.node.path}; `
        + 'copy the snapshots of the cluster, which are made every day, with RdsSnapshotCopy', this);
    }
  }

  private assertFirst(instance: rds.CfnDBInstance): void {
    if (instance.automaticBackupReplicationRegion !== undefined) {
      throw new KmsPatternsError('BackupReplicationTwice',
        `Amazon RDS replicates the backups of an instance to one Region, given: another for ${instance.node.path}, whose backups go to `
        + `${instance.automaticBackupReplicationRegion} already; leave one of them out`, this);
    }
  }

  private assertRetention(retention: Duration): void {
    const days = retention.isUnresolved() ? 1 : retention.toDays({ integral: false });
    if (!Number.isInteger(days) || days < 1 || days > 35) {
      throw new KmsPatternsError('RetentionInvalid',
        `replicated backups are kept for 1 to 35 whole days, given: ${days} days; write for example Duration.days(14)`, this);
    }
  }
}

/** What aspects, mixins and escape hatches changed of the replication, in the words of an error. */
function replicationUndone(instance: rds.CfnDBInstance, region: string, keyArn: string): string[] {
  const { AutomaticBackupReplicationRegion, AutomaticBackupReplicationKmsKeyId } = templateProperties(instance);
  const promised = Stack.of(instance).resolve([region, keyArn]);
  return isDeepStrictEqual([AutomaticBackupReplicationRegion, AutomaticBackupReplicationKmsKeyId], promised) ? [] : [
    `BackupReplicationUndone: an aspect, a mixin or an override changed AutomaticBackupReplicationRegion or AutomaticBackupReplicationKmsKeyId of ${instance.node.path}; `
    + 'leave this instance out of it, or give what you want to RdsBackupReplication',
  ];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html */
function backupsOff(instance: rds.CfnDBInstance): string[] {
  return templateProperties(instance).BackupRetentionPeriod !== 0 ? [] : [
    `BackupsOff: there are no automated backups of ${instance.node.path} to replicate, given: backupRetention: Duration.days(0); give 1 day or more`,
  ];
}
