import { Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';

/**
 * The ARN of a secret and those of its replicas, as the encryption context has them. AWS Secrets Manager appends six characters to the name:
 * a secret with a name is told by its name, so that policies refer to nothing.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class SecretArns {
  /** Whether it has a name that is known before deployment. */
  public readonly named: boolean;

  constructor(private readonly secret: IConstruct, private readonly secretName: string | undefined, private readonly cfnSecret: () => CfnSecret) {
    this.named = secretName !== undefined && !Token.isUnresolved(secretName);
  }

  /** The ARN as policies match it, in the Region of the secret or in that of a replica. */
  public pattern(region?: string): string {
    return this.named ? `${this.prefix(region)}${this.secretName}-??????` : this.complete(region);
  }

  /** The ARN without the six characters. */
  public partial(region: string): string {
    return `${this.prefix(region)}${this.secretName}`;
  }

  /** The ARN with the six characters, known at deployment only. */
  public complete(region?: string): string {
    const secretArn = Lazy.string({ produce: () => this.cfnSecret().ref });
    return region === undefined ? secretArn : `${this.prefix(region)}${Fn.select(6, Fn.split(':', secretArn))}`;
  }

  private prefix(region?: string): string {
    const { partition, account, region: own } = Stack.of(this.secret);
    return `arn:${partition}:secretsmanager:${region ?? own}:${account}:secret:`;
  }
}
