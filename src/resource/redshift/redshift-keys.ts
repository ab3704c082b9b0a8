import { Construct } from 'constructs';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { KmsPatternsError } from '../../private/kms-patterns-error';

interface GivenKeys {
  readonly encryptionKey?: ICustomerManagedKey;
  readonly adminSecretEncryptionKey?: ICustomerManagedKey;
  readonly cloudwatchLogsEncryptionKey?: ICustomerManagedKey;
}

/** The key of a data warehouse, and those of what it keeps elsewhere: the same one where no other is given. */
export class RedshiftKeys {
  public readonly data: ICustomerManagedKey;
  public readonly adminSecret: ICustomerManagedKey;
  public readonly logs: ICustomerManagedKey;

  constructor(warehouse: Construct, given: GivenKeys) {
    const { encryptionKey, adminSecretEncryptionKey, cloudwatchLogsEncryptionKey } = given;
    Object.entries({ encryptionKey, adminSecretEncryptionKey, cloudwatchLogsEncryptionKey })
      .forEach(([property, key]) => assertUsable(warehouse, property, key));
    this.data = encryptionKey ?? new CustomerManagedKey(warehouse, 'Key', { description: `Encrypts ${warehouse.node.path}` });
    this.adminSecret = adminSecretEncryptionKey ?? this.data;
    this.logs = cloudwatchLogsEncryptionKey ?? this.data;
  }
}

/** CloudFormation compares what the template says, which stays the same when an alias moves. */
function assertUsable(warehouse: Construct, property: string, key?: ICustomerManagedKey): void {
  if (key && ('aliasName' in key || key.keyArn.includes(':alias/'))) {
    throw new KmsPatternsError('AliasAsKey',
      `an alias can move to another key, and Amazon Redshift would stay with the former one, given: ${key.node.path} as ${property}; `
      + 'give the CustomerManagedKey itself, or CustomerManagedKey.fromKeyArn with the ARN of the key', warehouse);
  }
  if (key) {
    assertKeyOfRegion(warehouse, key);
  }
}
