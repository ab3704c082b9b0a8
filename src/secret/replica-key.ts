import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, Dependable } from 'constructs';
import { KeyBase } from '../key/key-base';
import { hasIdentityPolicy, isForeign, realGrantee } from '../private/grantee';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** The key of a replica as those get it who read the replica. */
export class ReplicaKey extends KeyBase {
  public readonly keyArn: string;
  public readonly keyId: string;

  constructor(private readonly secret: Construct, private readonly replicaRegion: string, private readonly key: kms.IKey) {
    super(secret, `ReplicaKey${replicaRegion}`, { account: key.env.account, region: replicaRegion });
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

  /** L2s write nothing where they know a secret by its ARN only, and say nothing of it. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    const { principal } = realGrantee(grantee);
    const { account, partition } = this.stack;
    if (isForeign(principal, { scope: this.secret, account, partition, region: this.replicaRegion }) || !hasIdentityPolicy(principal)) {
      throw new KmsPatternsError('GranteeOutOfReach',
        `a replica has the resource policy of its primary secret, which says nothing of it, given: ${principal}, for the replica in ${this.replicaRegion}; `
        + 'grant to a role or user of this account that the app can change', this.secret);
    }
    return this.key.grant(grantee, ...actions);
  }

  public override grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    throw this.readOnly(grantee);
  }

  public override grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    throw this.readOnly(grantee);
  }

  private readOnly(grantee: iam.IGrantable): KmsPatternsError {
    return new KmsPatternsError('ReplicaReadOnly',
      `AWS Secrets Manager changes a replica only with its primary secret, given: ${realGrantee(grantee).principal}, for the replica in `
      + `${this.replicaRegion}; grant writing of, and rotate, the primary secret`, this.secret);
  }
}
