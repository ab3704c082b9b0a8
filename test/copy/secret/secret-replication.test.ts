import { Aspects, Duration, Environment, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, KmsService, SecretReplication, SnapshotDestination } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { nagFindingsInLondon } from '../../support/nag';
import { templateDifference } from '../../support/template-difference';
import { References } from '../../support/three-stacks';

const LONDON: Environment = { account: ACCOUNT, region: REGION };
const THERE = `Data-copies-${SYDNEY}`;
const KEY_THERE = { 'Fn::GetStackOutput': { StackName: THERE, Region: SYDNEY, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };
const VIA = [SYDNEY, REGION].map((region) => `secretsmanager.${region}.amazonaws.com`);

function replicate(source: EncryptedSecret, destination = SnapshotDestination.inRegion(SYDNEY)): SecretReplication {
  return new SecretReplication(source.node.scope!, `${source.node.id}Copies`, { source, destination });
}

function tokenIn(data: Stack, props: EncryptedSecretProps = {}): EncryptedSecret {
  return new EncryptedSecret(data, 'Token', props);
}

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('a property of the secret is all that becomes of it, beside what lets AWS Secrets Manager in', () => {
    const [plain, copied] = [false, true].map((copies) => {
      const { data, app } = new Copies(references);
      const token = tokenIn(data);
      if (copies) {
        replicate(token);
      }
      return app.synth().getStackByName('Data').template;
    });
    const { added, removed, changed } = templateDifference(plain, copied);
    const policy = /^Resources\.TokenKey\w+\.Properties\.KeyPolicy\.Statement/;
    const beside = (difference: object) => Object.fromEntries(Object.entries(difference).filter(([path]) => !policy.test(path)));

    expect(beside(added)).toEqual({ 'Resources.TokenCB33349F.Properties.ReplicaRegions': [{ Region: SYDNEY, KmsKeyId: KEY_THERE }] });
    expect({ ...beside(removed), ...beside(changed) }).toEqual({});
  });

  test('is what it is with replicaRegions and the same key', () => {
    const [given, later] = [true, false].map((atOnce) => {
      const { app, data } = new Copies(references);
      const there = newStack(app, 'There', { account: ACCOUNT, region: SYDNEY });
      const encryptionKey = new CustomerManagedKey(there, 'Key');
      const token = tokenIn(data, atOnce ? { replicaRegions: [{ region: SYDNEY, encryptionKey }] } : {});
      if (!atOnce) {
        replicate(token, SnapshotDestination.ofStack(there, encryptionKey));
      }
      token.grantWrite(new iam.Role(data, 'Writer', { assumedBy: new iam.AccountRootPrincipal() }));
      return app.synth().stacks.map(({ template }) => template);
    });

    expect(later).toEqual(given);
  });

  test('the stack there has a key and its alias, and refers to nothing', () => {
    const copies = new Copies(references);
    replicate(tokenIn(copies.data));
    const there = copies.template(THERE);

    expect(Object.values(there.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias']);
    expect(JSON.stringify(there)).not.toMatch(/GetStackOutput|ImportValue/);
  });

  test('both keys let in AWS Secrets Manager of both Regions', () => {
    const copies = new Copies(references, LONDON);
    replicate(tokenIn(copies.data));
    const statements = ['Data', THERE].map((name) => theOnly(copies.template(name) as never, 'AWS::KMS::Key').Properties.KeyPolicy.Statement
      .find(({ Sid }: { Sid: string }) => Sid === 'UseThroughSecretsManager'));

    expect(statements.map(({ Condition }) => Condition.StringEquals['kms:ViaService'])).toEqual([VIA, VIA]);
  });
});

describe.each(['weak', 'strong'] as const)('who asks, by %s references', (references) => {
  const SOURCE = 'Data/Token/Key';
  const COPIES = `${THERE}/Key`;
  let model: AccessModel;
  beforeAll(() => {
    jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(console, 'error').mockImplementation();
    model = modelOf(references);
  });

  test.each(['Users/Writer', 'Users/LateWriter'].flatMap((who) => [SOURCE, COPIES].flatMap((key) =>
    ['Encrypt', 'GenerateDataKey', 'Decrypt'].map((action) => [who, key, action]))))('%s writes, from both Regions: %s, %s', (who, key, action) => {
    const { verdict, conditions } = model.decide({ principal: who, key, action: `kms:${action}` });

    expect(verdict).toBe('conditional');
    expect(conditions).toContainEqual(expect.arrayContaining([{ operator: 'StringEquals', key: 'kms:ViaService', values: VIA }]));
  });

  test.each([
    ['Users/Reader', SOURCE, 'conditional'],
    ['Users/Reader', COPIES, 'denied'],
    ['UsersThere/Reader', SOURCE, 'denied'],
    ['UsersThere/Reader', COPIES, 'conditional'],
    ['Users/Bystander', SOURCE, 'denied'],
    ['Users/Bystander', COPIES, 'denied'],
  ])('%s decrypts with %s: %s', (principal, key, verdict) => {
    expect(model.decide({ principal, key, action: 'kms:Decrypt' })).toMatchObject({ verdict });
  });

  test.each(['Users/Reader', 'UsersThere/Reader', 'Users/Bystander'].flatMap((who) => ['Encrypt', 'GenerateDataKey'].map((action) => [who, action])))(
    '%s, who does not write, is denied %s of the replica', (principal, action) => {
      expect(model.decide({ principal, key: COPIES, action: `kms:${action}` })).toMatchObject({ verdict: 'denied' });
    });
});

/** Who writes, before and after the secret is replicated, and who reads it here and there. */
function modelOf(references: References): AccessModel {
  const { app, data } = new Copies(references, LONDON);
  const users = newStack(app, 'Users', LONDON);
  const role = (id: string, stack = users) => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal(), roleName: `${id}-${stack.region}` });
  const token = tokenIn(data, { secretName: 'token' });
  token.grantWrite(role('Writer'));
  const { replica } = replicate(token);
  token.grantWrite(role('LateWriter'));
  token.grantRead(role('Reader'));
  replica.grantRead(role('Reader', newStack(app, 'UsersThere', { account: ACCOUNT, region: SYDNEY })));
  role('Bystander');
  return new AccessModel(readAssembly(app.synth().directory));
}

test('the function that rotates the secret already has the key there as well', () => {
  const copies = new Copies();
  const token = tokenIn(copies.data);
  token.addRotationSchedule('Rotation', { rotationLambda: functionIn(copies.data), automaticallyAfter: Duration.days(7) });
  replicate(token);
  const { PolicyDocument: { Statement } } = theOnly(copies.template('Data') as never, 'AWS::IAM::Policy').Properties;

  expect(Statement.filter(({ Action }: any) => Action.includes('kms:GenerateDataKey')).map(({ Resource }: any) => Resource)).toContainEqual(KEY_THERE);
});

test('the Region, the stack and the key are known to whoever reads there', () => {
  const { destinationRegion, destinationStack, destinationKey, replica } = replicate(tokenIn(new Copies().data));

  expect([destinationRegion, destinationStack.stackName, destinationKey.node.path]).toEqual([SYDNEY, THERE, `${THERE}/Key`]);
  expect(replica.env.region).toBe(SYDNEY);
});

test('a secret has replicas in several Regions', () => {
  const copies = new Copies();
  const token = tokenIn(copies.data);
  replicate(token);
  new SecretReplication(copies.data, 'InIreland', { source: token, destination: SnapshotDestination.inRegion('eu-west-1') });

  expect(theOnly(copies.template('Data') as never, 'AWS::SecretsManager::Secret').Properties.ReplicaRegions.map(({ Region }: any) => Region)).toEqual([SYDNEY, 'eu-west-1']);
});

test('nothing is found in the stack of the copies, and nothing more in that of the source', () => {
  const [before, after] = [tokenIn, (data: Stack) => replicate(tokenIn(data))].map(nagFindingsInLondon);

  expect(before.length).toBeGreaterThan(0);
  expect(after).toEqual(before);
});

test('fails for a Region that the secret has a replica in', () => {
  const { data } = new Copies();
  const encryptionKey = CustomerManagedKey.fromKeyArn(data, 'There', `arn:aws:kms:${SYDNEY}:${ACCOUNT}:key/1`, { services: [KmsService.SECRETS_MANAGER] });
  const token = tokenIn(data, { replicaRegions: [{ region: SYDNEY, encryptionKey }] });

  expect(() => replicate(token)).toThrow(
    `ReplicaRegionInvalid: replicas are in other Regions than the secret, one in each, known before deployment, given: ${SYDNEY} twice; `
    + 'write a Region such as eu-west-1 [at Data/Token]');
});

test('fails for another account, to which AWS Secrets Manager replicates nothing', () => {
  const { app, data } = new Copies('weak', LONDON);
  const there = newStack(app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });

  expect(() => replicate(tokenIn(data), SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')))).toThrow(
    `DestinationInAnotherAccount: AWS Secrets Manager replicates secrets within an account only, given: There in ${OTHER_ACCOUNT}, for a source in ${ACCOUNT}; `
    + `give a stack of ${ACCOUNT} [at Data/TokenCopies]`);
});

test.each([['before', true], ['after', false]])('fails for a hosted rotation %s it, whose role lacks the key there', (_when, first) => {
  const { data } = new Copies();
  const token = tokenIn(data);
  const rotate = () => token.addRotationSchedule('Rotation', { hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser({ vpc: new ec2.Vpc(data, 'Vpc') }) });

  expect(() => first ? [rotate(), replicate(token)] : [replicate(token), rotate()]).toThrow(
    'HostedRotationOfReplicas: whoever changes a secret needs the keys of its replicas, and the role of a hosted rotation has the key of the secret only, '
    + 'given: hostedRotation; write a rotationLambda of your own, or, where you give that role the keys, secret.addRotationSchedule [at Data/Token]');
});

test('fails where an aspect takes the replica away', () => {
  const { app, data } = new Copies();
  replicate(tokenIn(data));
  Aspects.of(app).add({ visit: (node) => secretsmanager.CfnSecret.isCfnSecret(node) && (node.replicaRegions = undefined) });

  expect(() => app.synth()).toThrow('EncryptionUndone: a property injector, an aspect or a mixin changed replicaRegions of the secret inside');
});

function functionIn(scope: Stack): lambda.Function {
  return new lambda.Function(scope, 'Rotate', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
  });
}
