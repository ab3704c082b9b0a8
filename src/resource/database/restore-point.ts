import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** In UTC, to the second or finer. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/**
 * A point in time in automated backups that a database instance is restored from, in the Region that they are replicated to.
 *
 * The name of the backups is that of no construct: `aws rds describe-db-instance-automated-backups --region <Region>` shows it as
 * `DBInstanceAutomatedBackupsArn`, with the times that can be restored to as `RestoreWindow`, and their key as `KmsKeyId`.
 *
 * @example
 * declare const vpc: ec2.Vpc; // in the Region of the backups
 * declare const copies: RdsBackupReplication;
 * new EncryptedDatabaseInstance(this, 'Ledger', {
 *   engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_7 }),
 *   vpc,
 *   restorePoint: RestorePoint.at('arn:aws:rds:ap-southeast-2:111122223333:auto-backup:ab-l2ijcexjp7xq7hoj4siexample', '2026-11-28T18:45:00Z'),
 *   encryptionKey: copies.destinationKey,
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.PiTR.html
 */
export class RestorePoint {
  /**
   * The latest that there is a backup of, when the instance is made. It is not restored again later.
   *
   * @param automatedBackupsArn such as `arn:aws:rds:ap-southeast-2:111122223333:auto-backup:ab-l2ijcexjp7xq7hoj4siexample`
   */
  public static latest(automatedBackupsArn: string): RestorePoint {
    return new RestorePoint(automatedBackupsArn);
  }

  /**
   * A time that there are backups of. Another one replaces the instance.
   *
   * @param automatedBackupsArn such as `arn:aws:rds:ap-southeast-2:111122223333:auto-backup:ab-l2ijcexjp7xq7hoj4siexample`
   * @param time in UTC, such as `2026-11-28T18:45:00Z`
   */
  public static at(automatedBackupsArn: string, time: string): RestorePoint {
    return new RestorePoint(automatedBackupsArn, time);
  }

  private constructor(
    /** The ARN of the automated backups. */
    public readonly automatedBackupsArn: string,
    /** The time in UTC; the latest where undefined. */
    public readonly time?: string,
  ) {}

  /** @internal */
  public _assertFor(database: IConstruct): void {
    if (!Token.isUnresolved(this.automatedBackupsArn) && !/^arn:[^:]+:rds:[^:]+:[^:]+:auto-backup:.+$/.test(this.automatedBackupsArn)) {
      throw new KmsPatternsError('AutomatedBackupsInvalid',
        `replicated backups are named by their ARN, given: '${this.automatedBackupsArn}'; write the DBInstanceAutomatedBackupsArn that `
        + 'aws rds describe-db-instance-automated-backups shows in the Region of the instance', database);
    }
    if (this.time !== undefined && !Token.isUnresolved(this.time) && (!TIME.test(this.time) || Number.isNaN(Date.parse(this.time)))) {
      throw new KmsPatternsError('RestoreTimeInvalid',
        `an instance is restored to a time in UTC, given: '${this.time}'; write for example 2026-11-28T18:45:00Z, or RestorePoint.latest`, database);
    }
  }
}
