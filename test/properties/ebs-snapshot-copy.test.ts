import { Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { CustomerManagedKey, EbsSnapshotCopy, KmsService, SnapshotDestination, SourceKeys } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { mostly, orNothing } from '../support/arbitraries';
import { destinationKeys } from '../support/destination-keys';
import { ACCOUNT, newApp, newRole } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';
import { assertGrantsThrough, whoUsesKeys } from '../support/who-uses-keys';

const THERE = 'ap-southeast-2';
const SOURCE_KEYS: Record<string, (data: Stack) => SourceKeys> = {
  any: () => SourceKeys.anyOfAccount(),
  alias: () => SourceKeys.withAliases('data/*'),
  key: (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Data', { alias: 'data' })),
  unnamed: (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Data')),
  none: () => SourceKeys.ofKeys(),
  wrong: () => SourceKeys.withArns('arn:aws:kms:us-east-1:111122223333:key/1'),
};
const KEYS = destinationKeys([KmsService.EBS]);
// Whom an imported key lets in, no template tells.
const OTHER_KEYS = ['undeclared', 'elsewhere'] as const;

type Texts = Record<string, string>;

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  keys: mostly(fc.constantFrom('any', 'alias', 'key'), fc.constantFrom(...Object.keys(SOURCE_KEYS))),
  key: mostly(orNothing<keyof typeof KEYS>('new'), orNothing<keyof typeof KEYS>(...OTHER_KEYS)),
  tags: mostly(orNothing<Texts>({ backup: 'daily' }, { 'it\'s "quoted"': '\\' }), fc.constant<Texts>({ 'aws:x': 'y' })),
  copyTags: orNothing(true, false),
  days: mostly(orNothing(1, 35), fc.constantFrom<number | undefined>(0, 1.5)),
  hours: mostly(orNothing(26), fc.constantFrom<number | undefined>(0, 169)),
  minutes: mostly(orNothing(15, 2880), fc.constantFrom<number | undefined>(16, 2895)),
  attempts: mostly(orNothing(1, 10), fc.constant(0)),
  bounded: fc.boolean(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

interface Made {
  readonly model: AccessModel;
  readonly templates: readonly { readonly Resources: Readonly<Record<string, unknown>> }[];
  readonly from: string;
  /** The paths of its role, of the key there, and of the keys that it decrypts with. */
  readonly copier: string;
  readonly keyThere: string;
  readonly named: readonly string[];
}

function make({ flags, staged, nested, region, keys, key, tags, copyTags, days, hours, minutes, attempts, bounded }: Shape): Made {
  const app = newApp(FLAGS[flags]);
  const stage = staged ? new Stage(app, 'Prod') : app;
  const data = new Stack(stage, 'Data', { env: { account: ACCOUNT, region } });
  const there = (): Stack => new Stack(stage, 'There', { env: { account: ACCOUNT, region: THERE } });
  const ofStack = (stack: Stack) => SnapshotDestination.ofStack(stack, KEYS[key!](stack));
  const copy = new EbsSnapshotCopy(nested ? new NestedStack(data, 'Nested') : data, 'Copies', {
    destination: key ? ofStack(there()) : SnapshotDestination.inRegion(THERE),
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
  const assembly = app.synth();
  const stacks = staged ? assembly.getNestedAssembly('assembly-Prod').stacks : assembly.stacks;
  return {
    model: new AccessModel(readAssembly(assembly.directory)),
    templates: stacks.filter(({ environment }) => environment.region === THERE).map(({ template }) => template),
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
      expect([from, THERE, 'us-east-1', undefined].map((region) => who(action, region))).toEqual([expected, expected, [], []]);
    }
    expect([true, false].map((own) => who('CreateGrant', THERE, { 'kms:GrantIsForAWSResource': own }))).toEqual([expected, []]);
    expect(who('CreateGrant', undefined, { 'kms:GrantIsForAWSResource': true })).toEqual([]);
  });
});
