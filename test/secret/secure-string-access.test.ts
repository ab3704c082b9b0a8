import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, ParameterValue, SecureStringParameter } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { FLAGS } from '../support/template-difference';

const ENV = { account: '111122223333', region: 'eu-west-2' };

let model: AccessModel;
/** The roles that write the parameters. */
let writers: Record<string, string>;

beforeAll(() => {
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ context: FLAGS.recommended, analyticsReporting: false });
  const [keys, data, people] = ['Keys', 'Data', 'People'].map((name) => new Stack(app, name, { env: ENV }));
  const key = new CustomerManagedKey(keys, 'Key');
  const [token, password] = [
    ['Token', 'token', ParameterValue.generated()],
    ['Password', 'password', ParameterValue.fromCiphertext(Buffer.from('made beforehand').toString('base64'))],
  ].map(([id, name, value]) => new SecureStringParameter(data, id as string, {
    parameterName: `/billing/${name as string}`, value: value as ParameterValue, encryptionKey: key,
  }));
  const person = (id: string) => new iam.Role(people, id, { assumedBy: new iam.AccountRootPrincipal() });
  token.grantRead(person('Reader'));
  password.grantWrite(person('Writer'));
  person('Bystander');
  person('Careless').addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
  writers = Object.fromEntries([token, password].map((parameter) => [
    parameter.node.id, parameter.node.children.find(({ node }) => node.id.startsWith('Writer'))!.node.path,
  ]));
  model = new AccessModel(readAssembly(app.synth().directory));
});

test.each([
  ['People/Reader', 'Decrypt', 'token', 'through Parameter Store', 'allowed'],
  ['People/Reader', 'Decrypt', 'password', 'through Parameter Store', 'denied'],
  ['People/Reader', 'Decrypt', 'token', 'directly', 'denied'],
  ['People/Reader', 'Encrypt', 'token', 'through Parameter Store', 'denied'],
  ['People/Writer', 'Encrypt', 'password', 'through Parameter Store', 'allowed'],
  ['People/Writer', 'GenerateDataKey', 'password', 'through Parameter Store', 'allowed'],
  ['People/Writer', 'Encrypt', 'token', 'through Parameter Store', 'denied'],
  ['People/Writer', 'Decrypt', 'password', 'through Parameter Store', 'denied'],
  ['the writer of Token', 'Encrypt', 'token', 'through Parameter Store', 'allowed'],
  ['the writer of Token', 'Decrypt', 'token', 'through Parameter Store', 'allowed'],
  ['the writer of Token', 'Encrypt', 'password', 'through Parameter Store', 'denied'],
  ['the writer of Token', 'Decrypt', 'token', 'directly', 'denied'],
  ['the writer of Token', 'Decrypt', 'password', 'directly', 'denied'],
  ['the writer of Password', 'Decrypt', 'password', 'directly', 'allowed'],
  ['the writer of Password', 'Decrypt', 'token', 'directly', 'denied'],
  ['the writer of Password', 'Decrypt', 'anything', 'directly', 'denied'],
  ['the writer of Password', 'CreateGrant', 'password', 'directly', 'denied'],
  ['Data/SecureStringWriter/Role', 'Decrypt', 'token', 'through Parameter Store', 'denied'],
  ['Data/SecureStringWriter/Role', 'Decrypt', 'password', 'directly', 'denied'],
  ['People/Bystander', 'Decrypt', 'token', 'through Parameter Store', 'denied'],
  // The account's IAM decides, but only through Parameter Store: what decrypts everything does so here as well, and nothing directly.
  ['People/Careless', 'Decrypt', 'token', 'through Parameter Store', 'allowed'],
  ['People/Careless', 'Decrypt', 'token', 'directly', 'denied'],
  ['People/Careless', 'Decrypt', 'password', 'directly', 'denied'],
])('%s asks for %s of %s %s: %s', (who, does, parameter, through, verdict) => {
  const principal = who.replace(/^the writer of (.*)$/, (_, name: string) => writers[name]);
  const context = {
    ...through === 'directly' ? {} : { 'kms:ViaService': 'ssm.eu-west-2.amazonaws.com' },
    ...parameter === 'anything' ? {} : { 'kms:EncryptionContext:PARAMETER_ARN': `arn:aws:ssm:eu-west-2:111122223333:parameter/billing/${parameter}` },
  };

  expect(model.decide({ principal, key: 'Keys/Key', action: `kms:${does}`, context, complete: true })).toMatchObject({ verdict });
});
