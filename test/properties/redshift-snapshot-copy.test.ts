import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import fc from 'fast-check';
import { KmsService, SnapshotCopyGrant, SnapshotDestination } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { destinationKeys } from '../support/destination-keys';
import { newApp } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';
import { clusterIn, copied, copiedServerless, namespaceIn } from '../support/warehouse-copies';

const ACCOUNT = '111122223333';
const THERE = 'ap-southeast-2';
const KEYS = destinationKeys([KmsService.REDSHIFT, KmsService.REDSHIFT_SERVERLESS, KmsService.STEP_FUNCTIONS, KmsService.CLOUDWATCH_LOGS]);
const KEY_NAMES = Object.keys(KEYS) as (keyof typeof KEYS)[];
const GRANTS: Record<string, () => SnapshotCopyGrant> = {
  byFunction: () => SnapshotCopyGrant.byFunction(),
  byCloudFormation: () => SnapshotCopyGrant.byCloudFormation(),
  ofName: () => SnapshotCopyGrant.ofName('copies-of-sales'),
  ofNoName: () => SnapshotCopyGrant.ofName('Copies'),
};

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  serverless: fc.boolean(),
  account: orNothing(ACCOUNT),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  key: mostly(orNothing<keyof typeof KEYS>('new', 'imported'), orNothing(...KEY_NAMES)),
  grant: mostly(orNothing('byFunction', 'byCloudFormation', 'ofName'), fc.constantFrom<string | undefined>('ofNoName')),
  hours: mostly(orNothing(2, 168), fc.constantFrom<number | undefined>(0, 169)),
  days: mostly(orNothing(1, 14, 35), fc.constantFrom<number | undefined>(0, 3654)),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make({ flags, staged, nested, serverless, account, region, key, grant, hours, days }: Shape): { app: App; data: Stack } {
  const app = newApp(FLAGS[flags]);
  const stage = staged ? new Stage(app, 'Prod') : app;
  const data = new Stack(stage, 'Data', { env: { account, region } });
  const scope = nested ? new NestedStack(data, 'Nested') : data;
  const there = () => new Stack(stage, 'There', { env: { account, region: THERE } });
  const ofStack = (stack: Stack) => SnapshotDestination.ofStack(stack, KEYS[key!](stack));
  const destination = key ? ofStack(there()) : SnapshotDestination.inRegion(THERE);
  const maxAge = hours === undefined ? undefined : Duration.hours(hours);
  const retention = days === undefined ? undefined : Duration.days(days);
  if (serverless) {
    copiedServerless(namespaceIn(scope), { destination, snapshotRetention: retention, maxAge });
  } else {
    copied(clusterIn(scope), { destination, manualSnapshotRetention: retention, maxAge, grant: grant ? GRANTS[grant]() : undefined });
  }
  app.synth();
  return { app, data };
}

test('whatever is asked of it, snapshots are copied under a key of the other Region, which refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ({ app, data }) => {
    const stacks = app.node.findAll().filter(Stage.isStage).flatMap((stage) => stage.synth().stacks);
    const there = stacks.filter(({ environment }) => environment.region === THERE).map(({ template }) => JSON.stringify(template));
    const properties = data.node.findAll().flatMap((node) => {
      const resource = node as { cfnResourceType?: string; _toCloudFormation?(): { Resources: object } };
      const copies = ['Custom::RedshiftSnapshotCopy', 'AWS::RedshiftServerless::Namespace'].includes(`${resource.cfnResourceType}`);
      return copies ? [JSON.stringify(Stack.of(node).resolve(resource._toCloudFormation!()))] : [];
    });

    expect(properties).toHaveLength(1);
    expect(properties[0]).toMatch(new RegExp(`"Destination(KmsKeyId|KeyArn)":("arn:aws:kms:${THERE}:|\\{"Fn::GetStackOutput":\\{[^}]*"Region":"${THERE}")`));
    expect(there).toHaveLength(1);
    expect(there[0]).not.toMatch(/GetStackOutput|ImportValue/);
  });
});
