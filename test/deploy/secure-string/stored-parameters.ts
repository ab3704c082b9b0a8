import { EncryptCommand } from '@aws-sdk/client-kms';
import { DescribeParametersCommand, GetParameterCommand, GetParameterHistoryCommand, ListTagsForResourceCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Aws } from '../aws';
import { ACCOUNT } from '../local-environment';

/** A parameter as Parameter Store has it. */
export interface StoredParameter {
  readonly type?: string;
  /** Decrypted. */
  readonly value?: string;
  readonly key?: string;
  readonly tier?: string;
  readonly description?: string;
  /** Without those of the function. */
  readonly tags?: Record<string, string>;
}

/** Every parameter that is there, by name, except that of `cdk bootstrap`. */
export async function storedParameters({ ssm }: Aws): Promise<Record<string, StoredParameter>> {
  const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({ MaxResults: 50 }));
  const found = Parameters.filter(({ Name }) => !Name!.startsWith('/cdk-bootstrap/'));
  return Object.fromEntries(await Promise.all(found.map(async ({ Name: name, KeyId: key, Tier: tier, Description: description }) => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    const { TagList = [] } = await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name }));
    const tags = TagList.filter(({ Key }) => !Key!.startsWith('cdk-kms-patterns:')).map(({ Key, Value }) => [Key, Value!]);
    return [name, { type: Parameter?.Type, value: Parameter?.Value, key, tier, description, tags: Object.fromEntries(tags) }] as const;
  })));
}

/** The values of all versions of parameters. */
export async function everyValue({ ssm }: Aws, names: string[]): Promise<string[]> {
  const histories = names.map(async (Name) => (await ssm.send(new GetParameterHistoryCommand({ Name, WithDecryption: true }))).Parameters ?? []);
  return (await Promise.all(histories)).flat().map(({ Value }) => Value!);
}

/** A parameter that somebody else makes. */
export async function putByHand({ ssm }: Aws, Name: string, Value: string, KeyId: string): Promise<void> {
  await ssm.send(new PutParameterCommand({ Name, Value, KeyId, Type: 'SecureString', Tags: [{ Key: 'owner', Value: 'somebody else' }] }));
}

/** What `aws kms encrypt` prints for a parameter. */
export async function sealedValue({ kms, region }: Aws, KeyId: string, name: string, value: string): Promise<string> {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({
    KeyId, Plaintext: Buffer.from(value), EncryptionContext: { PARAMETER_ARN: `arn:aws:ssm:${region}:${ACCOUNT}:parameter${name}` },
  }));
  return Buffer.from(CiphertextBlob!).toString('base64');
}
