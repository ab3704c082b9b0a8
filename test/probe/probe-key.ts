import { CreateKeyCommand, DescribeKeyCommand, KMSClient, ListKeysCommand, ListResourceTagsCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { App, Stack } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { everyPage } from './every-page';
import { Operation, TAG } from './operation';
import { RegionClients } from './region-clients';
import { Sweep } from './sweep';
import { CustomerManagedKey } from '../../src';
import { viaAlsoIn } from '../../src/key/via-also-in';

export interface KeyPlace {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** The Regions of `kms:ViaService` beside that of the key. */
  readonly others: readonly string[];
}

/** The key policy that the library writes for the services of an operation: what AWS refuses under it, our statements lack. */
export function probeKeyPolicy({ services, wire }: Operation, { account, partition, region, others }: KeyPlace): string {
  const stack = new Stack(new App(), 'Probe', { env: { account, region } });
  const key = new CustomerManagedKey(stack, 'Key');
  services.forEach((service) => viaAlsoIn(key, service, others));
  wire?.(stack, key);
  const KeyPolicy: unknown = stack.resolve((key.node.defaultChild as CfnKey).keyPolicy);
  return JSON.stringify(literal(KeyPolicy, { 'AWS::Partition': partition, 'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com' }));
}

/** Makes a key and returns its ARN. */
export async function makeProbeKey(kms: KMSClient, name: string, policy: string): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: name, Policy: policy, Tags: [{ TagKey: TAG, TagValue: name }] }));
  return KeyMetadata!.Arn!;
}

/** Keys that a former probe left behind. Deletion waits for seven days, which cost nothing. */
export async function cleanProbeKeys(aws: RegionClients, prefix: string, sweep: Sweep): Promise<void> {
  await sweep.each(`key in ${aws.region}`, () => taggedKeys(aws.kms, prefix), (key) => key, (key) => deleteProbeKey(aws.kms, key));
}

export async function deleteProbeKey(kms: KMSClient, key: string): Promise<void> {
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: key.split('/').at(-1), PendingWindowInDays: 7 }));
}

async function taggedKeys(kms: KMSClient, prefix: string): Promise<string[]> {
  const keys = await everyPage(async (Marker) => {
    const { Keys, NextMarker } = await kms.send(new ListKeysCommand({ Marker }));
    return [Keys, NextMarker];
  });
  const found: string[] = [];
  for (const { KeyArn } of keys) {
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId: KeyArn })).catch(() => ({ Tags: [] })); // Not every key lets us look.
    if (Tags?.some(({ TagKey, TagValue }) => TagKey === TAG && TagValue?.startsWith(prefix)) && await isUsed(kms, KeyArn!)) {
      found.push(KeyArn!);
    }
  }
  return found;
}

/** One that waits for its deletion is listed as well. */
async function isUsed(kms: KMSClient, key: string): Promise<boolean> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: key }));
  return KeyMetadata?.KeyState !== 'PendingDeletion';
}

function literal(value: any, known: Readonly<Record<string, string>>): any {
  if (Array.isArray(value)) {
    return value.map((each) => literal(each, known));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if ('Fn::Join' in value) {
    return literal(value['Fn::Join'][1], known).join(value['Fn::Join'][0]);
  }
  if ('Ref' in value && known[value.Ref]) {
    return known[value.Ref];
  }
  const unknown = Object.keys(value).find((name) => name === 'Ref' || name.startsWith('Fn::'));
  if (unknown) {
    throw new Error(`The key policy has an intrinsic function that the probe does not know: ${JSON.stringify(value)}`);
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, literal(each, known)]));
}
