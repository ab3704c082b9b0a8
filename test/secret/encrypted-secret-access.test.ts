import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CustomerManagedKey, EncryptedSecret } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { keyUses } from '../../src/access/key-uses';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { FLAGS } from '../support/template-difference';

const [HERE, THERE] = ['eu-west-2', 'eu-west-1'];
const account = '111122223333';

let model: AccessModel;

/** A secret with a replica, one under the same keys, and whoever has to do with it; keys, secrets and people in a stack each. */
beforeAll(() => {
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ context: FLAGS.recommended, analyticsReporting: false });
  const [keys, data, people] = ['Keys', 'Data', 'People'].map((name) => new Stack(app, name, { env: { account, region: HERE } }));
  const [keysThere, peopleThere] = ['KeysThere', 'PeopleThere'].map((name) => new Stack(app, name, { env: { account, region: THERE } }));
  const [key, keyThere] = [keys, keysThere].map((stack) => new CustomerManagedKey(stack, 'Key'));
  const [login, other] = ['login', 'other'].map((secretName) => new EncryptedSecret(data, secretName, {
    secretName, encryptionKey: key, replicaRegions: [{ region: THERE, encryptionKey: keyThere }],
  }));
  const assumedBy = new iam.AccountRootPrincipal();
  const person = (stack: Stack, id: string, props: Partial<iam.RoleProps> = {}) => new iam.Role(stack, id, { assumedBy, ...props });
  login.grantRead(person(people, 'Reader'));
  login.grantWrite(person(people, 'Writer'));
  login.replica(THERE).grantRead(person(peopleThere, 'Reader'));
  other.grantWrite(person(people, 'Neighbour'));
  person(people, 'Bystander');
  person(people, 'OnTheSecret', {
    inlinePolicies: {
      Secrets: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['secretsmanager:*'], resources: ['*'] }),
        ],
      }),
    },
  });
  person(people, 'Deployer', { inlinePolicies: { Here: key.deployPermissions(), There: keyThere.deployPermissions() } });
  login.addRotationSchedule('Rotation', {
    rotationLambda: new lambda.Function(data, 'Rotate', {
      runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
    }),
  });
  model = new AccessModel(readAssembly(app.synth().directory));
});

type Row = [who: string, does: string, secret: 'login' | 'other', key: string, verdict: string];
const both = (who: string, does: string, secret: Row[2], verdict: string): Row[] => [[who, does, secret, 'here', verdict], [who, does, secret, 'there', verdict]];

test.each<Row>([
  ['People/Reader', 'Decrypt', 'login', 'here', 'allowed'],
  ['People/Reader', 'Decrypt', 'login', 'there', 'denied'],
  ['People/Reader', 'Decrypt', 'other', 'here', 'denied'],
  ['People/Reader', 'GenerateDataKey', 'login', 'here', 'denied'],
  ['PeopleThere/Reader', 'Decrypt', 'login', 'there', 'allowed'],
  ['PeopleThere/Reader', 'Decrypt', 'login', 'here', 'denied'],
  ['PeopleThere/Reader', 'Decrypt', 'other', 'there', 'denied'],
  ['PeopleThere/Reader', 'Encrypt', 'login', 'there', 'denied'],
  ...['Decrypt', 'Encrypt', 'GenerateDataKey'].flatMap((does) => [
    ...both('People/Writer', does, 'login', 'allowed'),
    ...both('People/Writer', does, 'other', 'denied'),
    ...both('Data/Rotate/ServiceRole', does, 'login', 'allowed'),
    ...both('Data/Rotate/ServiceRole', does, 'other', 'denied'),
    ...both('People/Neighbour', does, 'login', 'denied'),
    ...both('People/Deployer', does, 'login', 'allowed'),
    ...both('People/Bystander', does, 'login', 'denied'),
    ...both('People/OnTheSecret', does, 'login', 'denied'),
  ]),
  ...both('secretsmanager.amazonaws.com', 'Decrypt', 'login', 'denied'),
])('%s asks for %s of %s under the key %s, through AWS Secrets Manager there: %s', (principal, does, secret, where, verdict) => {
  const region = where === 'here' ? HERE : THERE;
  const context = {
    'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
    'kms:EncryptionContext:SecretARN': `arn:aws:secretsmanager:${region}:${account}:secret:${secret}-AbCdEf`,
  };

  expect(model.decide({ principal, key: where === 'here' ? 'Keys/Key' : 'KeysThere/Key', action: `kms:${does}`, context, complete: true }))
    .toMatchObject({ verdict });
});

// No page says through which Region, and under the ARN of which, a changed value is encrypted there.
test.each([HERE, THERE].flatMap((through) => [HERE, THERE].map((ofRegion) => [through, ofRegion])))(
  'a writer encrypts under the key there, through AWS Secrets Manager of %s, for the ARN in %s', (through, ofRegion) => {
    expect(model.decide({
      principal: 'People/Writer',
      key: 'KeysThere/Key',
      action: 'kms:GenerateDataKey',
      context: {
        'kms:ViaService': `secretsmanager.${through}.amazonaws.com`,
        'kms:EncryptionContext:SecretARN': `arn:aws:secretsmanager:${ofRegion}:${account}:secret:login-AbCdEf`,
      },
      complete: true,
    })).toMatchObject({ verdict: 'allowed' });
  });

test.each(['People/Reader', 'People/Writer', 'PeopleThere/Reader', 'Data/Rotate/ServiceRole', 'People/Deployer'])(
  '%s decrypts nothing without AWS Secrets Manager between, nor through another service', (principal) => {
    for (const key of ['Keys/Key', 'KeysThere/Key']) {
      expect(model.decide({ principal, key, action: 'kms:Decrypt', complete: true })).toMatchObject({ verdict: 'denied' });
      const context = { 'kms:ViaService': `s3.${HERE}.amazonaws.com` };
      expect(model.decide({ principal, key, action: 'kms:Decrypt', context, complete: true })).toMatchObject({ verdict: 'denied' });
    }
  });

test.each(['Reader', 'Writer', 'Bystander', 'Deployer'])('%s makes no grants', (who) => {
  expect(model.decide({ principal: `People/${who}`, key: 'Keys/Key', action: 'kms:CreateGrant' })).toMatchObject({ verdict: 'denied' });
});

test('the deployer can change the policies of both keys', () => {
  expect(['Keys/Key', 'KeysThere/Key'].map((key) => model.decide({ principal: 'People/Deployer', key, action: 'kms:PutKeyPolicy' }).verdict)).toEqual(['allowed', 'allowed']);
});

test('both secrets are under the key, and their replicas under that there', () => {
  const uses = (key: string) => keyUses(model, model.key(key)).map(({ type, property }) => `${type} ${property}`);

  expect(uses('Keys/Key')).toEqual(['AWS::SecretsManager::Secret KmsKeyId', 'AWS::SecretsManager::Secret KmsKeyId']);
  expect(uses('KeysThere/Key')).toEqual(['AWS::SecretsManager::Secret ReplicaRegions.KmsKeyId', 'AWS::SecretsManager::Secret ReplicaRegions.KmsKeyId']);
});
