import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { KmsService, ParameterValue, SecureStringCopy, SecureStringParameter } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { APP_SHAPE, CopiedApp, KEY_OF_COPIES } from '../support/copied-app';
import { SYDNEY } from '../support/copies';
import { destinationKeys } from '../support/destination-keys';
import { newRole, OTHER_ACCOUNT } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { whoUsesKeys } from '../support/who-uses-keys';

const KEYS = destinationKeys([KmsService.PARAMETER_STORE]);
const READERS: Record<string, (there: Stack) => iam.IGrantable> = {
  role: (there) => newRole(there, 'Reader'),
  foreign: () => new iam.ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:role/reader`),
};

const shapes = fc.record({
  ...APP_SHAPE,
  copiedFrom: mostly(fc.constant<string | undefined>(undefined), fc.constant<string | undefined>('eu-west-3')),
  key: KEY_OF_COPIES,
  name: mostly(orNothing('/rescue/token', 'token'), fc.constantFrom<string | undefined>('/aws/token', 'größe')),
  revision: orNothing('', '2'),
  removalPolicy: orNothing(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
  readsSource: fc.boolean(),
  reader: mostly(orNothing('role'), fc.constant<string | undefined>('foreign')),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make(shape: Shape) {
  const { region, copiedFrom, key, name: parameterName, revision, removalPolicy, readsSource, reader } = shape;
  const app = new CopiedApp(shape);
  const { scope } = app;
  const source = new SecureStringParameter(copiedFrom ? app.stack('Elsewhere', copiedFrom) : scope, 'Token', { parameterName: '/billing/token', value: ParameterValue.generated() });
  const copy = new SecureStringCopy(scope, 'Copy', {
    source, destination: app.destination(key && KEYS[key]), parameterName, revision, removalPolicy,
  });
  if (readsSource) {
    source.grantRead(newRole(app.stack('Users', region), 'Reader'));
  }
  if (reader) {
    copy.grantRead(READERS[reader](app.stack('UsersThere', SYDNEY)));
  }
  newRole(app.data, 'Bystander');
  return {
    model: app.model,
    templates: app.templates,
    shape,
    here: source.encryptionKey.node.path,
    there: copy.destinationKey.node.path,
    role: (id: string) => `${shape.staged ? 'Prod/' : ''}${id}`,
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
    expect(JSON.stringify(templates)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(who('Decrypt', `ssm.${shape.region}`)).toEqual([`${copier} ${here}`, `${writer} ${here}`, ...reader].sort());
    expect(who('Decrypt', `ssm.${SYDNEY}`)).toEqual([`${copier} ${there}`, ...readerThere].sort());
    for (const action of ['Encrypt', 'GenerateDataKey']) {
      expect([shape.region, SYDNEY].map((region) => who(action, `ssm.${region}`))).toEqual([[`${writer} ${here}`], [`${copier} ${there}`]]);
    }
    expect(['Decrypt', 'GenerateDataKey'].flatMap((action) => [`secretsmanager.${SYDNEY}`, 'ssm.us-east-1'].flatMap((via) => who(action, via)))).toEqual([]);
  });
});
