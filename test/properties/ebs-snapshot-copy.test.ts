import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { EbsSnapshotCopy, KmsService } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { APP_SHAPE, CopiedApp, KEY_OF_COPIES, SOURCE_KEYS } from '../support/copied-app';
import { SYDNEY } from '../support/copies';
import { destinationKeys } from '../support/destination-keys';
import { ACCOUNT, newRole } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { assertGrantsThrough, whoUsesKeys } from '../support/who-uses-keys';

const KEYS = destinationKeys([KmsService.EBS]);

type Texts = Record<string, string>;

const shapes = fc.record({
  ...APP_SHAPE,
  keys: mostly(fc.constantFrom('any', 'alias', 'key'), fc.constantFrom(...Object.keys(SOURCE_KEYS))),
  key: KEY_OF_COPIES,
  tags: mostly(orNothing<Texts>({ backup: 'daily' }, { 'it\'s "quoted"': '\\' }), fc.constant<Texts>({ 'aws:x': 'y' })),
  copyTags: orNothing(true, false),
  days: mostly(orNothing(1, 35), fc.constantFrom<number | undefined>(0, 1.5)),
  hours: mostly(orNothing(26), fc.constantFrom<number | undefined>(0, 169)),
  minutes: mostly(orNothing(15, 2880), fc.constantFrom<number | undefined>(16, 2895)),
  attempts: mostly(orNothing(1, 10), fc.constant(0)),
  bounded: fc.boolean(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make(shape: Shape) {
  const { region, keys, key, tags, copyTags, days, hours, minutes, attempts, bounded } = shape;
  const app = new CopiedApp(shape);
  const { data } = app;
  const copy = new EbsSnapshotCopy(app.scope, 'Copies', {
    destination: app.destination(key && KEYS[key]),
    sourceKeys: SOURCE_KEYS[keys](data),
    tags,
    copyTags,
    retention: days === undefined ? undefined : Duration.days(days),
    maxAge: hours === undefined ? undefined : Duration.hours(hours),
    completionDuration: minutes === undefined ? undefined : Duration.minutes(minutes),
    attempts,
    permissionsBoundary: bounded ? iam.ManagedPolicy.fromManagedPolicyArn(data, 'Boundary', `arn:aws:iam::${ACCOUNT}:policy/boundary`) : undefined,
  });
  newRole(data, 'Bystander');
  copy.grantBackfill(newRole(data, 'Backfiller'));
  return {
    model: app.model,
    templates: app.templates,
    from: region!,
    copier: copy.copyingRole.node.path,
    keyThere: copy.destinationKey.node.path,
    named: keys === 'key' ? [`${data.node.path}/Data`] : [],
  };
}

test('whatever is asked of it, what copies alone uses the keys, through Amazon EC2 of the two Regions, and the stack there refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ({ model, templates, from, copier, keyThere, named }) => {
    const expected = [`${copier} ${keyThere}`, ...named.map((key) => `${copier} ${key}`)].sort();
    const who = (action: string, region?: string, context: Record<string, unknown> = {}) =>
      whoUsesKeys(model, { action, context: region === undefined ? context : { 'kms:ViaService': `ec2.${region}.amazonaws.com`, ...context } });

    expect(templates).toHaveLength(1);
    expect(JSON.stringify(templates)).not.toMatch(/GetStackOutput|ImportValue/);
    assertGrantsThrough('ec2', templates[0]);
    for (const action of ['Decrypt', 'GenerateDataKeyWithoutPlaintext']) {
      expect([from, SYDNEY, 'us-east-1', undefined].map((region) => who(action, region))).toEqual([expected, expected, [], []]);
    }
    expect([true, false].map((own) => who('CreateGrant', SYDNEY, { 'kms:GrantIsForAWSResource': own }))).toEqual([expected, []]);
    expect(who('CreateGrant', undefined, { 'kms:GrantIsForAWSResource': true })).toEqual([]);
  });
});
