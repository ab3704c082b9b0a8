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

  private readonly replicas: kms.IKey[];
  private readonly writers: { readonly grantee: iam.IGrantable; readonly actions: string[] }[] = [];

  constructor(secret: Construct, private readonly key: kms.IKey, replicas: readonly kms.IKey[]) {
    super(secret, 'SecretKey', { account: key.env.account, region: key.env.region });
    Dependable.implement(this, { dependencyRoots: [key] });
    this.keyArn = key.keyArn;
    this.keyId = key.keyId;
    this.node.defaultChild = key.node.defaultChild;
    this.replicas = [...replicas];
  }

  /** One more replica: who was let in to write before has the use of its key as well, and that of all keys from its Region. */
  public addReplica(replica: kms.IKey): void {
    this.replicas.push(replica);
    this.writers.forEach(({ grantee, actions }) => this.grantAll(grantee, actions));
  }

  public addAlias(aliasName: string): kms.Alias {
    return this.key.addAlias(aliasName);
  }

  public addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    return this.key.addToResourcePolicy(statement, allowNoOp);
  }

  /** No page says with whose credentials a changed value reaches the replicas: whoever writes has what is needed. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    if (!actions.some((action) => WRITES.includes(action))) {
      return this.key.grant(grantee, ...actions);
    }
    this.writers.push({ grantee, actions });
    return this.grantAll(grantee, actions);
  }

  /** AWS Secrets Manager decrypts too where it changes a value: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
  public override grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grantEncryptDecrypt(grantee);
  }

  private grantAll(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return [this.key, ...this.replicas].map((key) => key.grant(grantee, ...actions)).reduce((all, grant) => all.combine(grant));
  }
}
