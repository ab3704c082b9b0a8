import { callerActions } from './backup-use';
import { KmsService } from '../../service/kms-service';

/** What AWS Backup needs of the keys of a kind of store. */
interface StoreFacts {
  /** The store as AWS writes it. */
  readonly name: string;
  /** The service that copies and restores it, on the permissions of the role. */
  readonly service: KmsService;
  /** Whether a backup is under the key of its vault, whatever its source is under. */
  readonly underVaultKey: boolean;
  /** The actions that a backup needs on the key of its source. */
  readonly readActions: string[];
  /** The policy that AWS manages for backups of it, and the one for restores, where the common ones do not cover it. */
  readonly ownPolicies?: readonly [forBackup: string, forRestores: string];
}

/**
 * A kind of store that AWS Backup copies to another Region, and which key its backups are under.
 *
 * @example
 * declare const disks: CustomerManagedKey;
 * new BackupCopy(this, 'Backups', {
 *   resources: [backup.BackupResource.fromTag('backup', 'daily')],
 *   sources: [{ store: BackedUpStore.EBS, keys: [disks] }, { store: BackedUpStore.EFS }],
 *   destinations: [SnapshotDestination.inRegion('ap-southeast-2')],
 * });
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export class BackedUpStore {
  /** Amazon EBS volumes, and Amazon EC2 instances with theirs: under the key of the source, copied under that of the destination. */
  public static readonly EBS = new BackedUpStore({
    name: 'Amazon EBS', service: KmsService.EBS_COPIES, underVaultKey: false, readActions: callerActions(KmsService.EBS_COPIES),
  });
  /** Amazon RDS and Amazon Aurora: under the key of the source, copied under that of the destination. */
  public static readonly RDS = new BackedUpStore({
    name: 'Amazon RDS', service: KmsService.RDS_COPIES, underVaultKey: false, readActions: callerActions(KmsService.RDS_COPIES),
  });
  /** Amazon Redshift clusters: under the key of the source, copied under that of the destination. */
  public static readonly REDSHIFT = new BackedUpStore({
    name: 'Amazon Redshift', service: KmsService.REDSHIFT, underVaultKey: false, readActions: callerActions(KmsService.REDSHIFT),
  });
  /**
   * Amazon DynamoDB: under the key of the vault, where the account uses the advanced features of AWS Backup for it. Without them nothing is copied
   * to another Region.
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
   */
  public static readonly DYNAMODB = new BackedUpStore({
    name: 'Amazon DynamoDB',
    service: KmsService.DYNAMODB,
    underVaultKey: true,
    readActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  });
  /**
   * Amazon EFS file systems: under the key of the vault.
   */
  public static readonly EFS = new BackedUpStore({ name: 'Amazon EFS', service: KmsService.EFS, underVaultKey: true, readActions: [] });
  /**
   * Amazon S3 buckets, all versions of their objects: under the key of the vault.
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
   */
  public static readonly S3 = new BackedUpStore({
    name: 'Amazon S3',
    service: KmsService.S3,
    underVaultKey: true,
    readActions: ['kms:Decrypt'],
    ownPolicies: ['AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore'],
  });

  /** The store as AWS writes it, such as `Amazon EBS`. */
  public readonly name: string;
  /** Whether a backup is under the key of its vault, whatever its source is under; else the source needs a key of yours. */
  public readonly underVaultKey: boolean;
  /** @internal */
  public readonly _facts: StoreFacts;

  private constructor(facts: StoreFacts) {
    this.name = facts.name;
    this.underVaultKey = facts.underVaultKey;
    this._facts = facts;
  }
}
