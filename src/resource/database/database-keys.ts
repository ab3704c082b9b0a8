import { Construct } from 'constructs';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { KmsPatternsError } from '../../private/kms-patterns-error';

interface GivenKeys {
  readonly encryptionKey?: ICustomerManagedKey;
  readonly performanceInsightEncryptionKey?: ICustomerManagedKey;
  readonly masterUserSecretEncryptionKey?: ICustomerManagedKey;
  readonly cloudwatchLogsEncryptionKey?: ICustomerManagedKey;
}

/** The key of a database, and those of what it keeps elsewhere: the same one where no other is given. */
export class DatabaseKeys {
  public readonly storage: ICustomerManagedKey;
  public readonly insights: ICustomerManagedKey;
  public readonly masterUserSecret: ICustomerManagedKey;
  public readonly logs: ICustomerManagedKey;

  constructor(database: Construct, given: GivenKeys) {
    const { encryptionKey, performanceInsightEncryptionKey, masterUserSecretEncryptionKey, cloudwatchLogsEncryptionKey } = given;
    Object.entries({ encryptionKey, performanceInsightEncryptionKey, masterUserSecretEncryptionKey, cloudwatchLogsEncryptionKey })
      .forEach(([property, key]) => assertUsable(database, property, key));
    this.storage = encryptionKey ?? new CustomerManagedKey(database, 'Key', { description: `Encrypts ${database.node.path}` });
    this.insights = performanceInsightEncryptionKey ?? this.storage;
    this.masterUserSecret = masterUserSecretEncryptionKey ?? this.storage;
    this.logs = cloudwatchLogsEncryptionKey ?? this.storage;
  }
}

/** Amazon RDS resolves an alias to its key, and CloudFormation replaces the database when the alias moves. */
function assertUsable(database: Construct, property: string, key?: ICustomerManagedKey): void {
  if (key && ('aliasName' in key || key.keyArn.includes(':alias/'))) {
    throw new KmsPatternsError('AliasAsKey',
      `an alias can move to another key, and the database would be replaced, given: ${key.node.path} as ${property}; `
      + 'give the CustomerManagedKey itself, or CustomerManagedKey.fromKeyArn with the ARN of the key', database);
  }
  if (key) {
    assertKeyOfRegion(database, key);
  }
}
