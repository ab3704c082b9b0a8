import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { type Secrecy } from './secrecy';
import { type Aws } from '../aws';

/** A secret that parameters are copied from. */
export class LifeCycleSecret {
  public static async create(aws: Aws, secrecy: Secrecy): Promise<LifeCycleSecret> {
    const password = secrecy.secret();
    const { ARN } = await aws.secretsManager.send(new CreateSecretCommand({ Name: 'life-cycle', SecretString: textOf(password) }));
    return new LifeCycleSecret(aws, secrecy, ARN!, password);
  }

  private constructor(private readonly aws: Aws, private readonly secrecy: Secrecy, public readonly arn: string, public password: string) {}

  /** The secret, as text. */
  public get whole(): string {
    return textOf(this.password);
  }

  /** Gives the secret another password. */
  public async change(): Promise<void> {
    this.password = this.secrecy.secret();
    await this.aws.secretsManager.send(new PutSecretValueCommand({ SecretId: this.arn, SecretString: this.whole }));
  }
}

function textOf(password: string): string {
  return JSON.stringify({ user: 'billing', password });
}
