import { randomUUID } from 'node:crypto';
import { CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  AddTagsToResourceCommand, DeleteParameterCommand, GetParameterHistoryCommand, ListTagsForResourceCommand, ParameterHistory, PutParameterCommand,
  RemoveTagsFromResourceCommand, SSMClient,
} from '@aws-sdk/client-ssm';
import { FaultyEndpoint } from './faulty-endpoint';
import { startLocalAws, trueAws } from './local-aws';
import { PlayedStack } from './played-stack';
import { stackIn } from './recorded-answers';
import { handleParameter } from '../../../src/secret/handler/handle-parameter';
import { ParameterProperties } from '../../../src/secret/handler/wanted-parameter';

const REGION = 'eu-west-2';
const THERE = 'ap-southeast-2';

/** The function of SecureString parameters, CloudFormation on its one side and AWS services on the other. */
export class ParameterWorld {
  public static async start(): Promise<ParameterWorld> {
    return new ParameterWorld(await startLocalAws(REGION));
  }

  public stack!: PlayedStack<ParameterProperties>;
  /** The name of the parameter of this test, and the key that it is under. */
  public name = '';
  public key = '';
  private values: string[] = [];
  private readonly stacks: PlayedStack<ParameterProperties>[] = [];
  private readonly ssm: SSMClient;
  private readonly kms: KMSClient;
  private readonly secretsManager: SecretsManagerClient;
  private readonly ssmThere = new SSMClient(trueAws(THERE));
  private readonly kmsThere = new KMSClient(trueAws(THERE));

  private constructor(public readonly endpoint: FaultyEndpoint) {
    const config = trueAws(REGION);
    this.ssm = new SSMClient(config);
    this.kms = new KMSClient(config);
    this.secretsManager = new SecretsManagerClient(config);
  }

  /** A new stack with a parameter of its own. */
  public async next(): Promise<void> {
    this.endpoint.forget();
    this.stack = await PlayedStack.start((event, context) => handleParameter(event, context, [0, 0, 0]));
    this.stacks.push(this.stack);
    this.name = `/billing/${randomUUID()}`;
    this.key = await this.anotherKey();
    this.values = [];
  }

  public async stop(): Promise<void> {
    await Promise.all(this.stacks.map((stack) => stack.stop()));
    await this.endpoint.stop();
  }

  /** What the template says of the parameter, where a test does not say otherwise. Another key or name has another role, as in the template. */
  public properties(given: Partial<ParameterProperties> = {}): ParameterProperties {
    const { ParameterName = this.name, KeyArn = this.key } = given;
    return {
      ParameterName,
      ParameterArn: `arn:aws:ssm:${REGION}:123456789012:parameter${ParameterName}`,
      RoleArn: `arn:aws:iam::123456789012:role/Writer${(ParameterName + KeyArn).replace(/\W/g, '').slice(-40)}`,
      KeyArn,
      Tier: 'Standard',
      Value: { Generated: { Length: '20' } },
      ...given,
    };
  }

  /** What the template says of a copy of that parameter in another Region. */
  public copy(given: Partial<ParameterProperties> & Pick<ParameterProperties, 'KeyArn'>, parameter: { From?: string; Revision?: string } = {}): ParameterProperties {
    const properties = this.properties({ Value: { Parameter: { Name: this.name, From: 'a generated value', ...parameter } }, ...given });
    return { ...properties, Region: THERE, ParameterArn: properties.ParameterArn.replace(REGION, THERE) };
  }

  public async anotherKey(): Promise<string> {
    return (await this.kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  }

  public async keyThere(): Promise<string> {
    return (await this.kmsThere.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  }

  public async secret(text: string | Buffer): Promise<string> {
    this.values.push(text.toString());
    const value = typeof text === 'string' ? { SecretString: text } : { SecretBinary: text };
    return (await this.secretsManager.send(new CreateSecretCommand({ Name: randomUUID(), ...value }))).ARN!;
  }

  public async changeSecret(SecretId: string, SecretString: string): Promise<void> {
    this.values.push(SecretString);
    await this.secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }

  public async ciphertext(value: string | Uint8Array, KeyId = this.key, name = this.name): Promise<string> {
    this.values.push(value.toString());
    const EncryptionContext = { PARAMETER_ARN: this.properties({ ParameterName: name }).ParameterArn };
    const { CiphertextBlob } = await this.kms.send(new EncryptCommand({ KeyId, EncryptionContext, Plaintext: Buffer.from(value) }));
    return Buffer.from(CiphertextBlob!).toString('base64');
  }

  /** Every version of a parameter, decrypted; none where it is not there. */
  public async versions(Name = this.name, ssm = this.ssm): Promise<ParameterHistory[]> {
    const { Parameters = [] } = await ssm.send(new GetParameterHistoryCommand({ Name, WithDecryption: true }))
      .catch((error: Error) => {
        if (error.name === 'ParameterNotFound') {
          return {} as { Parameters?: ParameterHistory[] };
        }
        throw error;
      });
    this.values.push(...Parameters.map(({ Value }) => Value!));
    return Parameters;
  }

  public async versionsThere(Name = this.name): Promise<ParameterHistory[]> {
    return this.versions(Name, this.ssmThere);
  }

  public async value(): Promise<string | undefined> {
    return (await this.versions()).at(-1)?.Value;
  }

  /** The tags that are not ours. */
  public async tags(): Promise<Record<string, string>> {
    const { TagList = [] } = await this.ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: this.name }));
    return Object.fromEntries(TagList.filter(({ Key }) => !Key!.startsWith('cdk-kms-patterns:')).map(({ Key, Value }) => [Key, Value!]));
  }

  public async tag(Key: string, Value: string): Promise<void> {
    await this.ssm.send(new AddTagsToResourceCommand({ ResourceType: 'Parameter', ResourceId: this.name, Tags: [{ Key, Value }] }));
  }

  public async untag(...TagKeys: string[]): Promise<void> {
    await this.ssm.send(new RemoveTagsFromResourceCommand({ ResourceType: 'Parameter', ResourceId: this.name, TagKeys }));
  }

  public async putThereByHand(Value: string): Promise<void> {
    this.values.push(Value);
    await this.ssmThere.send(new PutParameterCommand({ Name: this.name, Type: 'SecureString', Value }));
  }

  public async putByHand(Value: string, tags: Record<string, string> = {}, Overwrite = false): Promise<void> {
    this.values.push(Value);
    const Tags = Overwrite ? undefined : Object.entries(tags).map(([Key, TagValue]) => ({ Key, Value: TagValue }));
    await this.ssm.send(new PutParameterCommand({ Name: this.name, Type: 'SecureString', KeyId: this.key, Value, Overwrite, Tags }));
  }

  public async deleteByHand(): Promise<void> {
    await this.versions();
    await this.ssm.send(new DeleteParameterCommand({ Name: this.name }));
  }

  /** moto knows nothing of the stack that the tests play. */
  public stackIs(status: string): void {
    this.endpoint.fail('DescribeStacks', stackIn(status), Infinity);
  }

  /** No value is in an event, an answer, a log, an error, or a call other than the one that writes it; nor is what it was made of. */
  public async assertNoValueToldAnywhere(): Promise<void> {
    await this.versions();
    await this.versionsThere();
    const calls = this.endpoint.calls.filter(({ operation }) => operation !== 'PutParameter').map(({ body }) => body);
    const told = [...this.stack.output, ...calls].join('\n');
    const values = this.values.filter((value) => value.length > 0);
    expect(this.stack.output.length).toBeGreaterThan(0);
    for (const value of values) {
      const forms = [value, JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64').replace(/=*$/, ''), encodeURIComponent(value)];
      expect(forms.filter((form) => told.includes(form))).toEqual([]);
    }
  }
}
