import { Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import fc from 'fast-check';
import { CopiedDatabases, CustomerManagedKey, RdsSnapshotCopy, SnapshotDestination, SourceKeys } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { newApp } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';
import { assertGrantsThrough } from '../support/who-uses-keys';

const ACCOUNT = '111122223333';
const THERE = 'ap-southeast-2';
const SOURCE_KEYS: Record<string, (data: Stack) => SourceKeys> = {
  any: () => SourceKeys.anyOfAccount(),
  alias: () => SourceKeys.withAliases('data/*'),
  key: (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Key', { alias: 'data' })),
  unnamed: (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Key')),
};

type Texts = Record<string, string>;

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  keys: mostly(fc.constantFrom('any', 'alias', 'key'), fc.constantFrom(...Object.keys(SOURCE_KEYS))),
  names: mostly(orNothing(['ledger'], ['ledger', 'Orders-2']), fc.constantFrom<string[] | undefined>(['led\'ger'], [])),
  tags: orNothing<Texts>({ backup: 'daily' }, { 'it\'s "quoted"': '\\' }),
  copyTags: orNothing(true, false),
  optionGroups: mostly(orNothing<Texts>({ tde: 'tde-there' }), fc.constant({ 'not one': 'tde' })),
  days: orNothing(1, 35),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make({ flags, staged, nested, region, keys, names, tags, copyTags, optionGroups, days }: Shape): any[] {
  const app = newApp(FLAGS[flags]);
  const data = new Stack(staged ? new Stage(app, 'Prod') : app, 'Data', { env: { account: ACCOUNT, region } });
  new RdsSnapshotCopy(nested ? new NestedStack(data, 'Nested') : data, 'Copies', {
    destination: SnapshotDestination.inRegion(THERE),
    sourceKeys: SOURCE_KEYS[keys](data),
    databases: names && [CopiedDatabases.instancesNamed(...names)],
    tags,
    copyTags,
    optionGroups,
    retention: days === undefined ? undefined : Duration.days(days),
  });
  const stages = [app, ...app.node.findAll().filter(Stage.isStage)];
  return stages.flatMap((stage) => stage.synth().stacks).filter((stack) => stack.environment.region === THERE).map(({ template }) => template);
}

test('whatever is asked of it, snapshots are copied under the key there, through Amazon RDS only, and the stack there refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ([template]) => {
    expect(JSON.stringify(template)).not.toMatch(/GetStackOutput|ImportValue/);
    assertGrantsThrough('rds', template);
  });
});
