import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { EncryptedSecret, EncryptedSecretProps, KmsService, SecretContent, SecretReplication, SnapshotDestination } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { mostly, orNothing } from '../support/arbitraries';
import { destinationKeys } from '../support/destination-keys';
import { ACCOUNT, newApp, newRole, OTHER_ACCOUNT } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';
import { whoUsesKeys } from '../support/who-uses-keys';

const THERE = 'ap-southeast-2';
const KEYS = destinationKeys([KmsService.SECRETS_MANAGER]);
// Whom an imported key lets in, no template tells.
const OTHER_KEYS = ['undeclared', 'elsewhere'] as const;
const WRITERS: Record<string, (data: Stack) => iam.IGrantable> = {
  role: (data) => newRole(data, 'Writer'),
  foreign: () => new iam.ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:role/writer`),
};

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, THERE)),
  key: mostly(orNothing<keyof typeof KEYS>('new'), orNothing<keyof typeof KEYS>(...OTHER_KEYS)),
  secret: fc.record<EncryptedSecretProps>({
    secretName: orNothing('token'),
    description: orNothing('The token'),
    content: orNothing(SecretContent.generated({ passwordLength: 40 })),
  }),
  before: fc.boolean(),
  writer: mostly(orNothing('role'), fc.constant<string | undefined>('foreign')),
  reads: fc.boolean(),
  readsThere: fc.boolean(),
  twice: mostly(fc.constant(false), fc.constant(true)),
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
  const { flags, staged, nested, region, key, secret, before, writer, reads, readsThere, twice } = shape;
  const app = newApp(FLAGS[flags]);
  const stage = staged ? new Stage(app, 'Prod') : app;
  const stackIn = (id: string, of?: string) => new Stack(stage, id, { env: { account: ACCOUNT, region: of } });
  const data = stackIn('Data', region);
  const users = stackIn('Users', region);
  const token = new EncryptedSecret(nested ? new NestedStack(data, 'Nested') : data, 'Token', secret);
  const write = () => writer && token.grantWrite(WRITERS[writer](users));
  const ofStack = (stack: Stack) => SnapshotDestination.ofStack(stack, KEYS[key!](stack));
  const replicate = (id: string) => new SecretReplication(data, id, {
    source: token, destination: key && id === 'Copies' ? ofStack(stackIn('There', THERE)) : SnapshotDestination.inRegion(THERE),
  });
  if (before) {
    write();
  }
  const { replica, destinationKey } = replicate('Copies');
  if (twice) {
    replicate('Again');
  }
  if (!before) {
    write();
  }
  if (reads) {
    token.grantRead(newRole(users, 'Reader'));
  }
  if (readsThere) {
    replica.grantRead(newRole(stackIn('UsersThere', THERE), 'ReaderThere'));
  }
  newRole(users, 'Bystander');
  const assembly = app.synth();
  const { stacks } = staged ? assembly.getNestedAssembly('assembly-Prod') : assembly;
  return {
    model: new AccessModel(readAssembly(assembly.directory)),
    shape,
    here: token.encryptionKey.node.path,
    there: destinationKey.node.path,
    role: (id) => `${staged ? 'Prod/' : ''}${id}`,
    templates: stacks.filter(({ stackName, environment }) => environment.region === THERE && !stackName.endsWith('UsersThere')).map(({ template }) => JSON.stringify(template)),
  };
}

test('whatever is asked of it, who writes uses both keys, who reads uses its own, through AWS Secrets Manager, and the stack there refers to nothing', () => {
  assertKeptOrRefused(shapes, make, ({ model, shape, here, there, role, templates }) => {
    const of = (id: string, ...keys: string[]) => keys.map((key) => `${role(id)} ${key}`);
    const writers = shape.writer === 'role' ? of('Users/Writer', here, there).sort() : [];
    const readers = [...shape.reads ? of('Users/Reader', here) : [], ...shape.readsThere ? of('UsersThere/ReaderThere', there) : []];
    // A condition on the ARN of the secret is left open.
    const who = (action: string, via: string) => whoUsesKeys(model, { action, context: { 'kms:ViaService': `${via}.amazonaws.com` }, complete: false });

    expect(templates).toHaveLength(1);
    expect(templates[0]).not.toMatch(/GetStackOutput|ImportValue/);
    for (const region of [shape.region, THERE]) {
      expect(who('GenerateDataKey', `secretsmanager.${region}`)).toEqual(writers);
      expect(who('Decrypt', `secretsmanager.${region}`)).toEqual([...writers, ...readers].sort());
    }
    expect(['Decrypt', 'GenerateDataKey'].flatMap((action) => [`ssm.${THERE}`, 'secretsmanager.us-east-1'].flatMap((via) => who(action, via)))).toEqual([]);
  });
});
