import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import fc from 'fast-check';
import { KmsService, SnapshotDestination } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { ledgerIn, replicated } from '../support/copies';
import { destinationKeys } from '../support/destination-keys';
import { newApp } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';

const ACCOUNT = '111122223333';
const THERE = 'ap-southeast-2';
const KEYS = destinationKeys([KmsService.RDS_COPIES, KmsService.STEP_FUNCTIONS, KmsService.CLOUDWATCH_LOGS]);
const KEY_NAMES = Object.keys(KEYS) as (keyof typeof KEYS)[];

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  account: orNothing(ACCOUNT),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  key: mostly(orNothing<keyof typeof KEYS>('new', 'imported'), orNothing(...KEY_NAMES)),
  hours: mostly(orNothing(2, 168), fc.constantFrom<number | undefined>(0, 169)),
  name: orNothing('ledger'),
  days: mostly(orNothing(1, 14, 35), fc.constantFrom<number | undefined>(0, 36)),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make({ flags, staged, nested, account, region, key, hours, name, days }: Shape): { app: App; instance: rds.CfnDBInstance } {
  const app = newApp(FLAGS[flags]);
  const stage = staged ? new Stage(app, 'Prod') : app;
  const data = new Stack(stage, 'Data', { env: { account, region } });
  const ledger = ledgerIn(nested ? new NestedStack(data, 'Nested') : data, 'Ledger', { instanceIdentifier: name });
  const there = () => new Stack(stage, 'There', { env: { account, region: THERE } });
  const ofStack = (stack: Stack) => SnapshotDestination.ofStack(stack, KEYS[key!](stack));
  replicated(ledger, key ? ofStack(there()) : SnapshotDestination.inRegion(THERE), {
    retention: days === undefined ? undefined : Duration.days(days), maxAge: hours === undefined ? undefined : Duration.hours(hours),
  });
  app.synth();
  return { app, instance: ledger.instance.node.defaultChild as rds.CfnDBInstance };
}

test('whatever is asked of it, backups are replicated under a key of the other Region, which refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ({ app, instance }) => {
    const [region, key] = Stack.of(instance).resolve([instance.automaticBackupReplicationRegion, instance.automaticBackupReplicationKmsKeyId]);
    const templates = app.node.findAll().filter(Stage.isStage).flatMap((stage) => stage.synth().stacks);
    const there = templates.filter((stack) => stack.environment.region === THERE).map(({ template }) => JSON.stringify(template));

    expect(region).toBe(THERE);
    expect(JSON.stringify(key)).toContain(THERE);
    expect(there).toHaveLength(1);
    expect(there[0]).not.toMatch(/GetStackOutput|ImportValue/);
  });
});
