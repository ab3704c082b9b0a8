import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { CopiedDatabases, RdsSnapshotCopy } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { APP_SHAPE, CopiedApp, SOURCE_KEYS } from '../support/copied-app';
import { assertKeptOrRefused } from '../support/outcome';
import { assertGrantsThrough } from '../support/who-uses-keys';

type Texts = Record<string, string>;

const shapes = fc.record({
  ...APP_SHAPE,
  keys: mostly(fc.constantFrom('any', 'alias', 'key'), fc.constantFrom(...Object.keys(SOURCE_KEYS))),
  names: mostly(orNothing(['ledger'], ['ledger', 'Orders-2']), fc.constantFrom<string[] | undefined>(['led\'ger'], [])),
  tags: orNothing<Texts>({ backup: 'daily' }, { 'it\'s "quoted"': '\\' }),
  copyTags: orNothing(true, false),
  optionGroups: mostly(orNothing<Texts>({ tde: 'tde-there' }), fc.constant({ 'not one': 'tde' })),
  days: orNothing(1, 35),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make(shape: Shape): any[] {
  const { keys, names, tags, copyTags, optionGroups, days } = shape;
  const app = new CopiedApp(shape);
  new RdsSnapshotCopy(app.scope, 'Copies', {
    destination: app.destination(),
    sourceKeys: SOURCE_KEYS[keys](app.data),
    databases: names && [CopiedDatabases.instancesNamed(...names)],
    tags,
    copyTags,
    optionGroups,
    retention: days === undefined ? undefined : Duration.days(days),
  });
  return app.templates;
}

test('whatever is asked of it, snapshots are copied under the key there, through Amazon RDS only, and the stack there refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ([template]) => {
    expect(JSON.stringify(template)).not.toMatch(/GetStackOutput|ImportValue/);
    assertGrantsThrough('rds', template);
  });
});
