import { DisableEbsEncryptionByDefaultCommand, EC2Client, EnableEbsEncryptionByDefaultCommand, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import { CreateKeyCommand, CreateKeyCommandInput, DisableKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { EbsDefaultKey } from './ebs-default-key';
import { FaultyEndpoint } from './faulty-endpoint';
import { startLocalAws, trueAws } from './local-aws';
import { PlayedStack } from './played-stack';
import { EbsEncryptionProperties, RECORD_NAME } from '../../../src/resource/ebs/handler/ebs-encryption-properties';
import { handleEbsDefault } from '../../../src/resource/ebs/handler/handle-ebs-default';

/** EBS encryption by default as the account has it: whether it is on, and the default key. */
export type Setting = ['on' | 'off', string];

/** The function of EBS encryption by default, with CloudFormation on its one side and AWS services on the other. */
export class EbsWorld {
  /** @param region one of its own for each file of tests: the setting is one in an account and Region */
  public static async start(region: string): Promise<EbsWorld> {
    return new EbsWorld(await startLocalAws(region), region);
  }

  public stack!: PlayedStack<EbsEncryptionProperties>;
  /** A key that the template gives. */
  public key = '';
  public readonly defaultKey: EbsDefaultKey;
  private readonly stacks: PlayedStack<EbsEncryptionProperties>[] = [];
  private readonly ec2: EC2Client;
  private readonly kms: KMSClient;
  private readonly ssm: SSMClient;

  private constructor(public readonly endpoint: FaultyEndpoint, region: string) {
    this.defaultKey = new EbsDefaultKey(endpoint, region);
    const config = trueAws(region);
    this.ec2 = new EC2Client(config);
    this.kms = new KMSClient(config);
    this.ssm = new SSMClient(config);
  }

  /** An account in which nobody has set it, and a stack. */
  public async next(): Promise<void> {
    this.endpoint.forget();
    await this.set(['off', 'alias/aws/ebs']);
    await this.deleteRecord();
    this.stack = await this.anotherStack();
    this.key = await this.anotherKey();
  }

  public async anotherStack(): Promise<PlayedStack<EbsEncryptionProperties>> {
    const stack = await PlayedStack.start<EbsEncryptionProperties>((event, context) => handleEbsDefault(event, context, [0, 0, 0]));
    stack.logicalId = 'Encryption';
    this.stacks.push(stack);
    return stack;
  }

  public async stop(): Promise<void> {
    await Promise.all(this.stacks.map((stack) => stack.stop()));
    await this.endpoint.stop();
  }

  public properties(KeyArn = this.key): EbsEncryptionProperties {
    return { KeyArn };
  }

  public async anotherKey(input: CreateKeyCommandInput = {}): Promise<string> {
    return (await this.kms.send(new CreateKeyCommand(input))).KeyMetadata!.Arn!;
  }

  // moto takes no ARN here.
  public async disableKey(arn: string): Promise<void> {
    await this.kms.send(new DisableKeyCommand({ KeyId: arn.split('/')[1] }));
  }

  public async scheduleKeyDeletion(arn: string): Promise<void> {
    await this.kms.send(new ScheduleKeyDeletionCommand({ KeyId: arn.split('/')[1] }));
  }

  /** The setting as it is, under whatever name Amazon EC2 tells the key. */
  public async setting(): Promise<Setting> {
    const { EbsEncryptionByDefault } = await this.ec2.send(new GetEbsEncryptionByDefaultCommand());
    const { current, awsManagedArn } = this.defaultKey;
    return [EbsEncryptionByDefault ? 'on' : 'off', current === awsManagedArn ? 'alias/aws/ebs' : current];
  }

  /** Somebody else sets it. */
  public async set([encryption, key]: Setting): Promise<void> {
    await this.ec2.send(encryption === 'on' ? new EnableEbsEncryptionByDefaultCommand() : new DisableEbsEncryptionByDefaultCommand());
    this.defaultKey.current = key;
  }

  /** What is remembered. */
  public async record(): Promise<any> {
    const answer = await orNothing(this.ssm.send(new GetParameterCommand({ Name: RECORD_NAME })));
    return answer && JSON.parse(answer.Parameter!.Value!);
  }

  public async deleteRecord(): Promise<void> {
    await orNothing(this.ssm.send(new DeleteParameterCommand({ Name: RECORD_NAME })));
  }

  public async overwriteRecord(Value: string): Promise<void> {
    await this.ssm.send(new PutParameterCommand({ Name: RECORD_NAME, Type: 'String', Value, Overwrite: true }));
  }
}

async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((error: Error) => {
    if (error.name === 'ParameterNotFound') {
      return undefined;
    }
    throw error;
  });
}
