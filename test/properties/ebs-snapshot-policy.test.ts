import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import fc from 'fast-check';
import { EbsSnapshotPolicy, EbsSnapshotRetention, EbsSnapshotSchedule, EbsSnapshotTarget, SnapshotDestination } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { newApp } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { nightly, volumeIn } from '../support/snapshots';
import { FLAGS } from '../support/template-difference';

const REGIONS = ['ap-southeast-2', 'eu-west-1', 'us-east-1'];

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  account: orNothing('111122223333'),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-3'), fc.constantFrom<string | undefined>(undefined, ...REGIONS)),
  destinations: mostly(fc.subarray(REGIONS, { minLength: 1 }), fc.constantFrom<string[]>([], ['us-east-1', 'us-east-1'])),
  instances: fc.boolean(),
  hours: fc.constantFrom(1, 6, 24),
  count: orNothing(1, 1000),
  days: mostly(orNothing(1, 36500), fc.constantFrom<number | undefined>(0)),
  keys: fc.integer({ min: 0, max: 2 }),
  maxAge: orNothing(26, 168),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make(shape: Shape): { app: App; policy: EbsSnapshotPolicy; destinations: string[] } {
  const { flags, staged, nested, account, region, destinations, instances, hours, count, days, keys, maxAge } = shape;
  const app = newApp(FLAGS[flags]);
  const data = new Stack(staged ? new Stage(app, 'Prod') : app, 'Data', { env: { account, region } });
  const scope = nested ? new NestedStack(data, 'Nested') : data;
  const policy = nightly(scope, {
    target: instances ? EbsSnapshotTarget.instances('backup', 'yes') : EbsSnapshotTarget.volumes('backup', 'yes'),
    volumeKeys: [...Array(keys).keys()].map((i) => volumeIn(scope, `Volume${i}`).encryptionKey),
    schedule: EbsSnapshotSchedule.every(Duration.hours(hours)),
    retention: count === undefined ? EbsSnapshotRetention.age(Duration.days(2)) : EbsSnapshotRetention.count(count),
    copies: destinations.map((there) => ({
      destination: SnapshotDestination.inRegion(there), retention: days === undefined ? undefined : Duration.days(days),
    })),
    maxAge: maxAge === undefined ? undefined : Duration.hours(maxAge),
  });
  app.synth();
  return { app, policy, destinations };
}

test('whatever is asked of it, each copy is encrypted under a key of its Region, which refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ({ app, policy, destinations }) => {
    const { crossRegionCopyRules } = Stack.of(policy).resolve(policy.policy.policyDetails).schedules[0];
    const stacks = app.node.findAll().filter(Stage.isStage).flatMap((stage) => stage.synth().stacks);

    expect(crossRegionCopyRules).toHaveLength(destinations.length);
    destinations.forEach((region, i) => {
      expect(crossRegionCopyRules[i]).toMatchObject({ target: region, encrypted: true });
      expect(JSON.stringify(crossRegionCopyRules[i].cmkArn)).toContain(region);
      const there = stacks.filter(({ environment }) => environment.region === region).map(({ template }) => JSON.stringify(template));
      expect(there).toHaveLength(1);
      expect(there[0]).not.toMatch(/GetStackOutput|ImportValue/);
    });
  });
});
