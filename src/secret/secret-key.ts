import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, Dependable } from 'constructs';
import { KeyBase } from '../key/key-base';

const WRITES = ['kms:Encrypt', 'kms:GenerateDataKey*'];

/**
 * The key of a secret with those of its replicas, as `secretsmanager.Secret` gets it: whoever writes the secret has the use of all.
 */
export class SecretKey extends KeyBase {
  public readonly keyArn: string;
  public readonly keyId: string;

  constructor(secret: Construct, private readonly key: kms.IKey, private readonly replicas: kms.IKey[]) {
    super(secret, 'SecretKey', { account: key.env.account, region: key.env.region });
    Dependable.implement(this, { dependencyRoots: [key] });
    this.keyArn = key.keyArn;
    this.keyId = key.keyId;
    this.node.defaultChild = key.node.defaultChild;
  }

  public addAlias(aliasName: string): kms.Alias {
    return this.key.addAlias(aliasName);
  }

  public addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    return this.key.addToResourcePolicy(statement, allowNoOp);
  }

  /** No page says with whose credentials a changed value reaches the replicas: whoever writes has what is needed. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    const keys = actions.some((action) => WRITES.includes(action)) ? [this.key, ...this.replicas] : [this.key];
    return keys.map((key) => key.grant(grantee, ...actions)).reduce((all, grant) => all.combine(grant));
  }

  /** AWS Secrets Manager decrypts too where it changes a value: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
  public override grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grantEncryptDecrypt(grantee);
  }
}
