import { Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/** `kms:ReEncryptFrom` is left out: it would hand the plaintext over to a key of the caller's choice. */
const ENCRYPT = ['kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptTo'];

/**
 * The verbs of `kms.IKey`, each a set of actions that `grant` gives to the grantee.
 *
 * @internal
 */
export abstract class KeyBase extends Resource implements kms.IKey {
  public abstract readonly keyArn: string;
  public abstract readonly keyId: string;

  public get keyRef(): kms.KeyReference {
    return { keyArn: this.keyArn, keyId: this.keyId };
  }

  public abstract addAlias(aliasName: string): kms.Alias;
  public abstract addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult;
  public abstract grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * What to write for what is encrypted in another Region.
   *
   * @internal
   */
  public _insteadIn(region: string): string {
    return `make a CustomerManagedKey in ${region}`;
  }

  /** Lets the grantee decrypt. */
  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt');
  }

  /** Lets the grantee encrypt and generate data keys, not decrypt. */
  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ENCRYPT);
  }

  /** Lets the grantee encrypt, generate data keys, and decrypt. */
  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ENCRYPT, 'kms:Decrypt', 'kms:ReEncryptFrom');
  }

  /** Lets the grantee sign. */
  public grantSign(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Sign');
  }

  /** Lets the grantee verify signatures. */
  public grantVerify(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Verify');
  }

  /** Lets the grantee sign and verify signatures. */
  public grantSignVerify(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Sign', 'kms:Verify');
  }

  /** Lets the grantee generate message authentication codes. */
  public grantGenerateMac(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:GenerateMac');
  }

  /** Lets the grantee verify message authentication codes. */
  public grantVerifyMac(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:VerifyMac');
  }
}
