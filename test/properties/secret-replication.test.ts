import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { EncryptedSecret, EncryptedSecretProps, KmsService, SecretContent, SecretReplication } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { APP_SHAPE, CopiedApp, KEY_OF_COPIES } from '../support/copied-app';
import { SYDNEY } from '../support/copies';
import { destinationKeys } from '../support/destination-keys';
import { newRole, OTHER_ACCOUNT } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { whoUsesKeys } from '../support/who-uses-keys';

const KEYS = destinationKeys([KmsService.SECRETS_MANAGER]);
const WRITERS: Record<string, (data: Stack) => iam.IGrantable> = {
  role: (data) => newRole(data, 'Writer'),
  foreign: () => new iam.ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:role/writer`),
};

const shapes = fc.record({
  ...APP_SHAPE,
  key: KEY_OF_COPIES,
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

function make(shape: Shape) {
  const { region, key, secret, before, writer, reads, readsThere, twice } = shape;
  const app = new CopiedApp(shape);
  const users = app.stack('Users', region);
  const token = new EncryptedSecret(app.scope, 'Token', secret);
  const write = () => writer && token.grantWrite(WRITERS[writer](users));
  const replicate = (id: string) => new SecretReplication(app.data, id, {
    source: token, destination: app.destination(key && id === 'Copies' ? KEYS[key] : undefined),
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
    replica.grantRead(newRole(app.stack('UsersThere', SYDNEY), 'ReaderThere'));
  }
  newRole(users, 'Bystander');
  return {
    model: app.model,
    templates: app.templates,
    shape,
    here: token.encryptionKey.node.path,
    there: destinationKey.node.path,
    role: (id: string) => `${shape.staged ? 'Prod/' : ''}${id}`,
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
    expect(JSON.stringify(templates)).not.toMatch(/GetStackOutput|ImportValue/);
    for (const region of [shape.region, SYDNEY]) {
      expect(who('GenerateDataKey', `secretsmanager.${region}`)).toEqual(writers);
      expect(who('Decrypt', `secretsmanager.${region}`)).toEqual([...writers, ...readers].sort());
    }
    expect(['Decrypt', 'GenerateDataKey'].flatMap((action) => [`ssm.${SYDNEY}`, 'secretsmanager.us-east-1'].flatMap((via) => who(action, via)))).toEqual([]);
  });
});
