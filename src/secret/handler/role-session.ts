import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { RETRIES } from '../../private/custom-resource/retries';

/** The shortest that AWS STS gives, which is longer than the function runs. */
const SESSION_SECONDS = 900;

/** The clients with the permissions of the role of one parameter. Sessions are named after the resource, as AWS CloudTrail shows it. */
export class RoleSession {
  /** In the Region of the parameter. */
  public readonly ssm: SSMClient;
  /** In the Region of the function. */
  public readonly ssmHere: SSMClient;
  public readonly kms: KMSClient;
  public readonly secretsManager: SecretsManagerClient;
  public readonly cloudFormation: CloudFormationClient;

  /** @param region that of the parameter, where it is another one than that of the function */
  constructor(public readonly roleArn: string, private readonly sessionName: string, private readonly signal: AbortSignal, region?: string) {
    const config = { ...RETRIES, credentials: () => this.assumeRole() };
    this.ssmHere = new SSMClient(config);
    this.ssm = region === undefined ? this.ssmHere : new SSMClient({ ...config, region });
    this.kms = new KMSClient(config);
    this.secretsManager = new SecretsManagerClient(config);
    this.cloudFormation = new CloudFormationClient(config);
  }

  private async assumeRole() {
    const { Credentials } = await new STSClient(RETRIES).send(new AssumeRoleCommand({
      RoleArn: this.roleArn,
      RoleSessionName: this.sessionName.slice(0, 64),
      DurationSeconds: SESSION_SECONDS,
    }), { abortSignal: this.signal });
    return {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
      expiration: Credentials!.Expiration,
    };
  }
}
