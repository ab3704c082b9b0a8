import { NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { KmsService, ParameterValue, SecureStringCopy, SecureStringParameter, SnapshotDestination } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { mostly, orNothing } from '../support/arbitraries';
import { destinationKeys } from '../support/destination-keys';
import { ACCOUNT, newApp, newRole, OTHER_ACCOUNT } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';
import { whoUsesKeys } from '../support/who-uses-keys';

const THERE = 'ap-southeast-2';
const KEYS = destinationKeys([KmsService.PARAMETER_STORE]);
// Whom an imported key lets in, no template tells.
const OTHER_KEYS = ['undeclared', 'elsewhere'] as const;
const READERS: Record<string, (there: Stack) => iam.IGrantable> = {
  role: (there) => newRole(there, 'Reader'),
  foreign: () => new iam.ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:role/reader`),
};

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  copiedFrom: mostly(fc.constant<string | undefined>(undefined), fc.constant<string | undefined>('eu-west-3')),
  key: mostly(orNothing<keyof typeof KEYS>('new'), orNothing<keyof typeof KEYS>(...OTHER_KEYS)),
  name: mostly(orNothing('/rescue/token', 'token'), fc.constantFrom<string | undefined>('/aws/token', 'größe')),
  revision: orNothing('', '2'),
  removalPolicy: orNothing(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
  readsSource: fc.boolean(),
  reader: mostly(orNothing('role'), fc.constant<string | undefined>('foreign')),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

interface Made {
  readonly model: AccessModel;
  readonly shape: Shape;
  readonly here: string;
  readonly there: string;
  readonly role: (id: string) => string;
  readonly templates: readonly string[];
}

function make(shape: Shape): Made {
  const { flags, staged, nested, region, copiedFrom, key, name: parameterName, revision, removalPolicy, readsSource, reader } = shape;
  const app = newApp(FLAGS[flags]);
  const stage = staged ? new Stage(app, 'Prod') : app;
  const stackIn = (id: string, of?: string) => new Stack(stage, id, { env: { account: ACCOUNT, region: of } });
  const data = stackIn('Data', region);
  const scope = nested ? new NestedStack(data, 'Nested') : data;
  const source = new SecureStringParameter(copiedFrom ? stackIn('Elsewhere', copiedFrom) : scope, 'Token', { parameterName: '/billing/token', value: ParameterValue.generated() });
  const ofStack = (stack: Stack) => SnapshotDestination.ofStack(stack, KEYS[key!](stack));
  const copy = new SecureStringCopy(scope, 'Copy', {
    source, destination: key ? ofStack(stackIn('There', THERE)) : SnapshotDestination.inRegion(THERE), parameterName, revision, removalPolicy,
  });
  if (readsSource) {
    source.grantRead(newRole(stackIn('Users', region), 'Reader'));
  }
  if (reader) {
    copy.grantRead(READERS[reader](stackIn('UsersThere', THERE)));
  }
  newRole(data, 'Bystander');
  const assembly = app.synth();
  const { stacks } = staged ? assembly.getNestedAssembly('assembly-Prod') : assembly;
  return {
    model: new AccessModel(readAssembly(assembly.directory)),
    shape,
    here: source.encryptionKey.node.path,
    there: copy.destinationKey.node.path,
    role: (id) => `${staged ? 'Prod/' : ''}${id}`,
    templates: stacks.filter(({ stackName, environment }) => environment.region === THERE && !stackName.endsWith('UsersThere')).map(({ template }) => JSON.stringify(template)),
  };
}

test('whatever is asked of it, a role of its own reads the source and writes the copy, readers read their own, through AWS Systems Manager', () => {
  assertKeptOrRefused(shapes, make, ({ model, shape, here, there, role, templates }) => {
    const scope = role(shape.nested ? 'Data/Nested' : 'Data');
    const [copier, writer] = [`${scope}/Copy/Writer`, `${scope}/Token/Writer`];
    const reader = shape.readsSource ? [`${role('Users/Reader')} ${here}`] : [];
    const readerThere = shape.reader ? [`${role('UsersThere/Reader')} ${there}`] : [];
    // A condition on the ARN of the parameter is left open. The name of a role that writes ends with a hash.
    const who = (action: string, via: string) => whoUsesKeys(model, { action, context: { 'kms:ViaService': `${via}.amazonaws.com` }, complete: false })
      .map((one) => one.replace(/(Writer)\w{8} /, '$1 '));

    expect(templates).toHaveLength(1);
    expect(templates[0]).not.toMatch(/GetStackOutput|ImportValue/);
    expect(who('Decrypt', `ssm.${shape.region}`)).toEqual([`${copier} ${here}`, `${writer} ${here}`, ...reader].sort());
    expect(who('Decrypt', `ssm.${THERE}`)).toEqual([`${copier} ${there}`, ...readerThere].sort());
    for (const action of ['Encrypt', 'GenerateDataKey']) {
      expect([shape.region, THERE].map((region) => who(action, `ssm.${region}`))).toEqual([[`${writer} ${here}`], [`${copier} ${there}`]]);
    }
    expect(['Decrypt', 'GenerateDataKey'].flatMap((action) => [`secretsmanager.${THERE}`, 'ssm.us-east-1'].flatMap((via) => who(action, via)))).toEqual([]);
  });
});
