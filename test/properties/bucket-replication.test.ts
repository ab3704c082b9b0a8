import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { BucketDestination, BucketReplication, CustomerManagedKey, EncryptedBucket, KmsService, SnapshotDestination } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { newApp } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';

const ACCOUNT = '111122223333';
const THERE = 'ap-southeast-2';
const importedIn = (stack: Stack, region = THERE) => CustomerManagedKey.fromKeyArn(stack, 'Imported', `arn:aws:kms:${region}:${ACCOUNT}:key/1`, {
  services: [KmsService.S3_REPLICATION],
});
const DESTINATIONS: Record<string, (data: Stack, there: (account?: string) => Stack) => BucketDestination> = {
  made: () => BucketDestination.newBucket(SnapshotDestination.inRegion(THERE)),
  new: (_data, there) => BucketDestination.newBucket(SnapshotDestination.ofStack(there(), new CustomerManagedKey(there(), 'Key'))),
  given: (_data, there) => BucketDestination.ofBucket(new EncryptedBucket(there(), 'Vault')),
  foreign: (_data, there) => BucketDestination.ofBucket(new EncryptedBucket(there('444455556666'), 'Vault')),
  named: (data) => BucketDestination.ofName('vault', importedIn(data)),
  elsewhere: (data) => BucketDestination.ofName('vault', importedIn(data, 'cn-north-1')),
};

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  account: orNothing(ACCOUNT),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  destination: mostly(fc.constantFrom('made', 'new', 'given', 'foreign', 'named'), fc.constantFrom(...Object.keys(DESTINATIONS))),
  locked: orNothing(true),
  options: fc.record({
    prefix: orNothing('paid/', ''),
    tags: orNothing<{ [name: string]: string }>({ class: 'gold' }, { class: 'gold', open: 'no' }, {}),
    storageClass: orNothing(s3.StorageClass.INFREQUENT_ACCESS),
    deleteMarkers: mostly(fc.constant<boolean | undefined>(undefined), orNothing(true, false)),
    replicaModifications: orNothing(true),
    replicationTimeControl: orNothing(true),
    metrics: mostly(fc.constant<boolean | undefined>(undefined), orNothing(true, false)),
    maxAge: mostly(fc.constant<Duration | undefined>(undefined), orNothing(Duration.hours(2), Duration.minutes(1))),
  }),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make(
  { flags, staged, nested, account, region, destination, locked, options }: Shape,
): { copy: BucketReplication; source: s3.CfnBucket; app: App } {
  const app = newApp(FLAGS[flags]);
  const stage = staged ? new Stage(app, 'Prod') : app;
  const data = new Stack(stage, 'Data', { env: { account, region } });
  const there = (of = account) => stage.node.tryFindChild('There') as Stack | undefined ?? new Stack(stage, 'There', { env: { account: of, region: THERE } });
  const scope = nested ? new NestedStack(data, 'Nested') : data;
  const invoices = new EncryptedBucket(scope, 'Invoices', { objectLockEnabled: locked });
  const copy = new BucketReplication(scope, 'Copies', { source: invoices, destination: DESTINATIONS[destination](data, there), ...options });
  app.synth();
  return { copy, source: invoices.bucket.node.defaultChild as s3.CfnBucket, app };
}

test('whatever is asked of it, encrypted objects are replicated by a filtered rule under a key of the other Region, which refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ({ copy, source, app }) => {
    const { rules: [rule, ...others] } = Stack.of(source).resolve(source.replicationConfiguration);
    const templates = app.node.findAll().filter(Stage.isStage).flatMap((stage) => stage.synth().stacks);
    const there = templates.filter((stack) => stack.environment.region === THERE).map(({ template }) => JSON.stringify(template));
    const { metrics, replicationTime, encryptionConfiguration: { replicaKmsKeyId } } = rule.destination;

    expect(others).toEqual([]);
    expect(Object.keys(rule.filter)).toHaveLength(1);
    expect(rule).toMatchObject({ status: 'Enabled', sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } } });
    expect(JSON.stringify(replicaKmsKeyId)).toContain(THERE);
    expect(metrics?.eventThreshold).toEqual(replicationTime?.time);
    expect(copy.failuresAlarm !== undefined).toBe(metrics !== undefined);
    there.forEach((template) => expect(template).not.toMatch(/GetStackOutput"|ImportValue/));
  });
});
