import { Names, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackupCopyProps } from './backup-copy-props';
import { letDescribeAwsKey, letRoleBackUp } from './backup-key-halves';
import { newBackupRole } from './backup-roles';
import { backupRule, DAILY } from './backup-rule';
import { CopiedBackups } from './copied-backups';
import { failures } from './copy-job-alarms';
import { encryptedVault, sourceVaultName, vaultArnOf } from './encrypted-vault';
import { addedLater, selectionOf } from './selected-stores';
import { sourceKeys } from './source-keys';
import { assertSourceVault } from './source-vault';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { KmsService } from '../../service/kms-service';
import { assertAccountsKnown, assertRegionsOnce, Destination } from '../destination';
import { matchedEventsAlarm } from '../matched-events-alarm';

/**
 * Backs up with AWS Backup and copies the backups to other Regions, each under a key of its Region.
 *
 * In the Region of the source it makes a vault under a key, a plan and a selection; in each destination a vault under the key there. Amazon S3, EFS and
 * DynamoDB are backed up under the key of the vault, and copied under that of the vault there. Backups of Amazon EBS, RDS and Redshift stay
 * under the key of their source, and are copied under that of the vault there: what is not encrypted under a key of yours, or under an `aws/*` key, is
 * refused where it is seen. AWS Backup itself fails copies of it, or leaves them unencrypted, as those of Aurora.
 *
 * Both sides cost storage, and each copy the transfer between Regions: the first is full, and those of Amazon EBS always are, because the key is another.
 * The kinds of stores are switched on for each account and Region in the settings of AWS Backup, and the destination must have them, too.
 *
 * Where the construct leaves the app, no more is backed up or copied. Vaults, keys and what is in the vaults stay, each backup until its time: where a key
 * stays in the app for something else, give it `via(KmsService.BACKUP)`, and `via` the services of the stores, until then. A vault that stays keeps its
 * name: delete it before a vault of that name is made again, or give another `vaultName`.
 *
 * @example
 * declare const ledger: EncryptedDatabaseInstance;
 * declare const disk: EncryptedVolume;
 * new BackupCopy(this, 'Backups', {
 *   resources: [backup.BackupResource.fromConstruct(ledger), backup.BackupResource.fromConstruct(disk)],
 *   destinations: [SnapshotDestination.inRegion('ap-southeast-2')],
 *   maxAge: Duration.hours(26),
 * });
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
@propertyInjectable
export class BackupCopy extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.BackupCopy';

  /** The vault in the Region of the source. */
  public readonly vault: backup.IBackupVault;
  /** The key of the vault in the Region of the source. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** The plan. */
  public readonly plan: backup.BackupPlan;
  /** The role that AWS Backup makes backups and copies with. */
  public readonly role: iam.IRole;
  /** What is in each destination, in the order of `destinations`. */
  public readonly copies: CopiedBackups[];
  /** The events of copies that failed, with the reason: give it a target, such as a queue or a topic. */
  public readonly failures: events.Rule;
  /** Rings when a copy failed. It has no action yet. */
  public readonly failuresAlarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: BackupCopyProps) {
    super(scope, id);
    const { resources, sources = [], sourceVault, vault = {}, copyVaults = {}, maxAge } = props;
    const stack = Stack.of(this);
    const destinations = this.destinationsOf(props);
    const regions = destinations.map((destination) => destination.stack.region);
    const selection = selectionOf(this, resources);
    const keys = sourceKeys(this, selection, sources);
    if (sourceVault) {
      assertSourceVault(this, sourceVault, props);
    }
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts backups of ${this.node.path}` });
    assertKeyOfRegion(this, this.encryptionKey);
    const vaultKey = viaAlsoIn(this.encryptionKey, KmsService.BACKUP, regions);
    const name = sourceVaultName(this, vault.vaultName);
    this.vault = sourceVault ?? encryptedVault(this, name, vaultKey, vault);
    const of = { vaultArn: sourceVault?.backupVaultArn ?? vaultArnOf(stack, name), keys, copyVaults, maxAge };
    this.copies = destinations.map((destination) => CopiedBackups._in(this, destination, of));
    this.role = props.role ?? newBackupRole(this, keys.keys());
    letRoleBackUp(this, this.role, this.encryptionKey, keys, destinations);
    if (props.role) {
      letDescribeAwsKey(this.role, stack, destinations);
    }
    this.plan = this.newPlan(props);
    this.plan.addSelection('Selection', { resources, role: this.role, disableDefaultBackupPolicy: true });
    this.failures = failures(this, of.vaultArn);
    this.failuresAlarm = matchedEventsAlarm(this, 'Failures', `A copy of ${this.node.path} failed`, this.failures);
    this.node.addValidation({ validate: () => addedLater(this, resources, selection) });
  }

  private destinationsOf({ destinations }: BackupCopyProps): Destination[] {
    if (destinations.length === 0) {
      throw new KmsPatternsError('DestinationMissing',
        'backups are copied to one Region or several, given: none; write for example SnapshotDestination.inRegion(\'ap-southeast-2\')', this);
    }
    const found = destinations.map((destination) => destination._for(this, this));
    assertRegionsOnce(this, found);
    found.forEach(({ stack }) => assertAccountsKnown(this, Stack.of(this), stack));
    return found;
  }

  private newPlan({ rules = [DAILY], vault, copyVaults }: BackupCopyProps): backup.BackupPlan {
    const copies = this.copies.map(({ vaultArn, destinationRegion }) => backup.BackupVault.fromBackupVaultArn(this, `VaultIn${destinationRegion}`, vaultArn));
    const vaults = { copies, lock: vault?.lock, copiesLock: copyVaults?.lock };
    if (rules.length === 0) {
      throw new KmsPatternsError('BackupRulesMissing', 'a plan has one rule or several, given: none; leave rules out for a daily one', this);
    }
    return new backup.BackupPlan(this, 'Plan', {
      backupPlanName: Names.uniqueResourceName(this, { maxLength: 50, separator: '-', allowedSpecialCharacters: '-_.' }),
      backupVault: this.vault,
      backupPlanRules: rules.map((rule) => backupRule(this, rule, vaults)),
    });
  }
}
