import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { ServiceKey } from '../../key/service-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { KmsService } from '../../service/kms-service';

interface MasterUserChoice {
  readonly engine: rds.IEngine;
  /** Whether the database is restored, so that its master user is that of the snapshot. */
  readonly restored: boolean;
  readonly manageMasterUserPassword?: boolean;
  readonly credentials?: rds.Credentials;
  readonly snapshotCredentials?: rds.SnapshotCredentials;
  readonly key: ICustomerManagedKey;
  /** The ARN of the secret, once the database is made. */
  readonly secretArn: () => string;
}

/** The master user of a database, and where its password is kept. */
export class MasterUser {
  /** Whether Amazon RDS makes the password and its secret, and rotates it. */
  public readonly managed: boolean;
  /** The key as the service gets it that keeps the secret; undefined where no secret is made. */
  public readonly secretKey?: kms.IKey;

  constructor(private readonly database: Construct, private readonly choice: MasterUserChoice) {
    const { restored, credentials, snapshotCredentials, manageMasterUserPassword } = choice;
    this.assertGivenForSource();
    const given = restored ? snapshotCredentials : credentials;
    this.managed = manageMasterUserPassword ?? false;
    if (given && !given.secret) {
      this.assertKept(given);
    }
    const generated = restored ? snapshotCredentials?.generatePassword === true : given?.secret === undefined && given?.password === undefined;
    this.secretKey = this.managed || generated ? this.keyForTheSecret() : undefined;
  }

  /** What an L2 that makes a database takes. */
  public get credentials(): rds.Credentials {
    const { engine, credentials = rds.Credentials.fromUsername(engine.defaultUsername ?? 'admin') } = this.choice;
    return this.secretKey ? { ...credentials, encryptionKey: this.secretKey } : credentials;
  }

  /** What an L2 that restores a database takes; undefined where the password of the snapshot stays. */
  public get snapshotCredentials(): rds.SnapshotCredentials | undefined {
    const { snapshotCredentials = this.managed ? { generatePassword: false } : undefined } = this.choice;
    return snapshotCredentials && this.secretKey ? { ...snapshotCredentials, encryptionKey: this.secretKey } : snapshotCredentials;
  }

  /** Has Amazon RDS manage the password of a restored instance, which `rds.DatabaseInstanceFromSnapshot` has no property for. */
  public manageIn(resource: rds.CfnDBInstance): secretsmanager.ISecret {
    resource.manageMasterUserPassword = true;
    resource.masterUserSecret = { kmsKeyId: this.secretKey?.keyArn };
    return secretsmanager.Secret.fromSecretAttributes(this.database, 'ManagedSecret', {
      secretCompleteArn: resource.attrMasterUserSecretSecretArn,
      encryptionKey: this.secretKey,
    });
  }

  private keyForTheSecret(): kms.IKey {
    const { key, secretArn } = this.choice;
    const handed = key.via(this.managed ? KmsService.RDS_MASTER_SECRET : KmsService.SECRETS_MANAGER);
    return handed instanceof ServiceKey
      ? handed.pinnedTo({ resource: this.database, key: 'SecretARN', values: [Lazy.string({ produce: secretArn })] })
      : handed;
  }

  private assertGivenForSource(): void {
    const { restored, credentials, snapshotCredentials } = this.choice;
    if (restored ? credentials : snapshotCredentials) {
      const [given, instead] = restored ? ['credentials', 'snapshotCredentials'] : ['snapshotCredentials', 'credentials'];
      throw new KmsPatternsError('CredentialsOfAnotherSource',
        `${restored ? 'a restored database keeps the master user of its snapshot' : 'without a snapshot there is no master user to keep'}, given: ${given}; `
        + `write ${instead}, or manageMasterUserPassword: true`, this.database);
    }
  }

  /** What would be kept in plain text, or under a key that the library did not hand over. */
  private assertKept({ encryptionKey, password }: rds.Credentials | rds.SnapshotCredentials): void {
    if (encryptionKey) {
      throw new KmsPatternsError('KeyGivenInCredentials',
        `the key of the secret is handed over by the library, given: ${encryptionKey.node.path} in the credentials; `
        + 'give the CustomerManagedKey as masterUserSecretEncryptionKey, or leave it out', this.database);
    }
    const text: unknown = password && Stack.of(this.database).resolve(password.unsafeUnwrap());
    if (typeof text === 'string' && !text.includes('{{resolve:') && !Token.isUnresolved(text)) {
      throw new KmsPatternsError('PasswordInTemplate',
        'the template would hold the password in plain text, given: credentials with a literal password; '
        + 'leave the password out, or refer to a secret with Credentials.fromSecret', this.database);
    }
  }
}
