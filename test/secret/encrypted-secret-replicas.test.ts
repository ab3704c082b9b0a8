import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, ICustomerManagedKey, KmsService, SecretReplica } from '../../src';
import { ACCOUNT, newStack, OTHER_ACCOUNT } from '../support/key-stack';
import { KEY_ARN, REGION, ROOT, ThreeStacks } from '../support/three-stacks';

const THERE = 'eu-west-1';
const BOTH = [`secretsmanager.${THERE}.amazonaws.com`, `secretsmanager.${REGION}.amazonaws.com`];
const arn = (region: string) => `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:billing/login-??????`;
const keyArn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const NAMED = { secretName: 'billing/login' };

/** The stacks of the secret, and in another Region that of a key and of its consumers. */
class TwoRegions extends ThreeStacks {
  public readonly keysThere = newStack(this.app, 'KeysThere', { account: ACCOUNT, region: THERE });
  public readonly usersThere = newStack(this.app, 'UsersThere', { account: ACCOUNT, region: THERE });
  public readonly keyThere = new CustomerManagedKey(this.keysThere, 'Key');

  public secret(props: EncryptedSecretProps = NAMED, id = 'Login'): EncryptedSecret {
    return new EncryptedSecret(this.data, id, {
      encryptionKey: this.key, replicaRegions: [{ region: THERE, encryptionKey: this.keyThere }], ...props,
    });
  }

  public roleThere(): iam.Role {
    return new iam.Role(this.usersThere, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  }

  public keyPolicies(): any[][] {
    return this.app.synth().stacks.flatMap(({ template }) => Object.values<any>(template.Resources ?? {}))
      .filter(({ Type }) => Type === 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy.Statement);
  }
}

const OUTPUT_THERE = { 'Fn::GetStackOutput': { StackName: 'KeysThere', Region: THERE, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('is encrypted under the key there, which is referred to weakly: one output, no custom resource', () => {
    const stacks = new TwoRegions(references);
    const secret = stacks.secret({});
    secret.grantWrite(stacks.role());
    secret.replica(THERE).grantRead(stacks.roleThere());
    const { stacks: [...all] } = stacks.app.synth();
    const template = (name: string) => all.find(({ stackName }) => stackName === name)!.template;

    expect(template('Data').Resources.LoginDDE9992A.Properties.ReplicaRegions).toEqual([{ Region: THERE, KmsKeyId: OUTPUT_THERE }]);
    expect(Object.values<any>(template('KeysThere').Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key']);
    expect(all.find(({ stackName }) => stackName === 'KeysThere')!.dependencies.filter(({ id }) => !id.endsWith('.assets'))).toEqual([]);
  });

  test('both keys let in AWS Secrets Manager of both Regions', () => {
    const stacks = new TwoRegions(references);
    stacks.secret();

    expect(stacks.keyPolicies().map((statements) => statements.find(({ Sid }) => Sid === 'UseThroughSecretsManager')?.Condition)).toEqual([
      { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': BOTH } },
      { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': BOTH } },
    ]);
  });

  test('whoever reads has the key of the Region only', () => {
    const stacks = new TwoRegions(references);
    stacks.secret().grantRead(stacks.role());

    expect(stacks.synth().identityStatements('Users')).toMatchObject([{ Action: 'kms:Decrypt', Resource: KEY_ARN }]);
  });
});

test('whoever writes has both keys, for this secret', () => {
  const stacks = new TwoRegions();
  stacks.secret().grantWrite(stacks.role());
  const via = { StringEquals: { 'kms:ViaService': BOTH } };
  const only = (...values: string[]) => ({ ...via, StringLike: { 'kms:EncryptionContext:SecretARN': values } });
  const write = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'];

  expect(stacks.synth().identityStatements('Users')).toEqual([
    { Effect: 'Allow', Action: write, Resource: KEY_ARN, Condition: only(arn(REGION)) },
    { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: [KEY_ARN, { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }], Condition: via },
    { Effect: 'Allow', Action: write, Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }, Condition: only(arn(REGION), arn(THERE)) },
  ]);
});

test.each<[string, EncryptedSecretProps, unknown]>([
  ['with a name, without a reference', NAMED, arn(THERE)],
  // The six characters are the same in all Regions.
  ['with a generated name, by a reference', {}, {
    'Fn::Join': ['', [`arn:aws:secretsmanager:${THERE}:${ACCOUNT}:secret:`,
      { 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::GetStackOutput': { StackName: 'Data', Region: REGION, OutputName: 'PublishOutputRefLoginDDE9992AEB22A75D' } }] }] }]],
  }],
])('whoever reads the replica has the key there, for the replica %s (aws/aws-cdk#17382)', (_name, props, replica) => {
  const stacks = new TwoRegions();
  stacks.secret(props).replica(THERE).grantRead(stacks.roleThere());
  const template = stacks.app.synth().getStackByName('UsersThere').template;
  const [read, decrypt] = template.Resources.ReaderDefaultPolicy151F3818.Properties.PolicyDocument.Statement;

  expect(read).toEqual({ Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: replica });
  expect(decrypt).toMatchObject({ Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': BOTH } } });
  expect(decrypt.Condition.StringLike['kms:EncryptionContext:SecretARN']).toContainEqual(replica);
});

test('a replica is one secret, however often it is asked for', () => {
  const secret = new TwoRegions().secret();

  expect(secret.replica(THERE)).toBe(secret.replica(THERE));
});

test('secrets with replicas in other Regions, and without, are under one key', () => {
  const stacks = new TwoRegions();
  const encryptionKey = CustomerManagedKey.fromKeyArn(stacks.data, 'InParis', keyArn('eu-west-3'), { services: [KmsService.SECRETS_MANAGER] });
  stacks.secret({ replicaRegions: [] }, 'One');
  stacks.secret({}, 'Two');
  stacks.secret({ replicaRegions: [{ region: 'eu-west-3', encryptionKey }] }, 'Three');

  expect(stacks.keyPolicies()[0].find(({ Sid }) => Sid === 'UseThroughSecretsManager').Condition.StringEquals['kms:ViaService']).toEqual([
    'secretsmanager.eu-west-1.amazonaws.com', 'secretsmanager.eu-west-2.amazonaws.com', 'secretsmanager.eu-west-3.amazonaws.com',
  ]);
});

test('a replica is under a key that is imported from there', () => {
  const stacks = new TwoRegions();
  const encryptionKey = CustomerManagedKey.fromKeyArn(stacks.data, 'There', keyArn(THERE), { services: [KmsService.SECRETS_MANAGER] });
  stacks.secret({ ...NAMED, replicaRegions: [{ region: THERE, encryptionKey }] }).grantWrite(stacks.role());
  const synthesized = stacks.synth();

  expect(synthesized.resources('Data')[0].Properties.ReplicaRegions).toEqual([{ Region: THERE, KmsKeyId: keyArn(THERE) }]);
  expect(synthesized.identityStatements('Users').map(({ Resource }) => Resource)).toContainEqual(keyArn(THERE));
});

test('fails for an imported key whose policy does not say so, with the statement for both Regions', () => {
  const stacks = new TwoRegions();
  const encryptionKey = CustomerManagedKey.fromKeyArn(stacks.data, 'There', keyArn(THERE));

  expect(() => stacks.secret({ replicaRegions: [{ region: THERE, encryptionKey }] })).toThrow(
    `"Condition":{"StringEquals":{"kms:CallerAccount":"${ACCOUNT}","kms:ViaService":["${BOTH.join('","')}"]}}`);
});

test('the execution role that deploys it needs the keys through both Regions', () => {
  const stacks = new TwoRegions();
  stacks.secret();
  const statements = stacks.keyThere.deployPermissions().toJSON().Statement;

  expect(statements.find(({ Sid }: any) => Sid === 'EncryptSecretsManager')).toMatchObject({
    Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], Condition: { StringEquals: { 'kms:ViaService': BOTH } },
  });
});

test('the account that is let in to write has both keys', () => {
  const stacks = new TwoRegions();
  stacks.secret().grantWrite(new iam.AccountPrincipal(OTHER_ACCOUNT));
  const root = ROOT.replace(ACCOUNT, OTHER_ACCOUNT);

  expect(stacks.keyPolicies().map((statements) => statements.some(({ Principal }) => Principal.AWS === root))).toEqual([true, true]);
});

test('keys of another account let in the account of the secret, in both Regions', () => {
  const stacks = new TwoRegions();
  const [encryptionKey, there] = [REGION, THERE].map((region) =>
    new CustomerManagedKey(newStack(stacks.app, `Theirs${region}`, { account: OTHER_ACCOUNT, region }), 'Key'));
  stacks.secret({ ...NAMED, encryptionKey, replicaRegions: [{ region: THERE, encryptionKey: there }] }).grantWrite(stacks.role());
  const letIn = stacks.keyPolicies().map((statements) => statements.find(({ Sid }) => Sid === `Account${ACCOUNT}ThroughSecretsManager`));

  expect(letIn.filter((statement) => statement !== undefined)).toEqual([REGION, THERE].map(() => ({
    Sid: `Account${ACCOUNT}ThroughSecretsManager`,
    Effect: 'Allow',
    Principal: { AWS: ROOT },
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': BOTH } },
  })));
});

test.each<[string, (stacks: TwoRegions) => SecretReplica[], string]>([
  ['the Region of the secret', ({ key }) => [{ region: REGION, encryptionKey: key }], `${REGION}, where the secret is`],
  ['a Region twice', ({ keyThere }) => [{ region: THERE, encryptionKey: keyThere }, { region: THERE, encryptionKey: keyThere }], `${THERE} twice`],
  ['a token', ({ keyThere }) => [{ region: Aws.REGION, encryptionKey: keyThere }], 'a token'],
  ['no Region', ({ keyThere }) => [{ region: 'Ireland', encryptionKey: keyThere }], '\'Ireland\''],
])('fails for %s', (_what, replicaRegions, given) => {
  const stacks = new TwoRegions();

  expect(() => stacks.secret({ replicaRegions: replicaRegions(stacks) })).toThrow(
    `ReplicaRegionInvalid: replicas are in other Regions than the secret, one in each, known before deployment, given: ${given}; `
    + 'write a Region such as eu-west-1 [at Data/Login]');
});

test.each<[string, (stacks: TwoRegions) => ICustomerManagedKey, string]>([
  ['the key of the secret', ({ key }) => key, `Keys/Key in ${REGION}`],
  ['a key of a third Region', ({ data }) => CustomerManagedKey.fromKeyArn(data, 'Third', keyArn('eu-west-3')), 'Data/Third in eu-west-3'],
  ['a key of a stack without a Region', ({ app }) => new CustomerManagedKey(new Stack(app, 'Agnostic'), 'Key'),
    'Agnostic/Key in a Region that is known at deployment only'],
])('fails for %s, which AWS CloudFormation would not tell (aws-cloudformation/cloudformation-coverage-roadmap#1459)', (_what, encryptionKey, given) => {
  const stacks = new TwoRegions();

  expect(() => stacks.secret({ replicaRegions: [{ region: THERE, encryptionKey: encryptionKey(stacks) }] })).toThrow(
    `ReplicaKeyOfAnotherRegion: a replica is encrypted under a key of its own Region, given: ${given}, for the replica in ${THERE}; `
    + `make a CustomerManagedKey in a stack of ${THERE}, or import one from there with CustomerManagedKey.fromKeyArn [at Data/Login]`);
});

test.each<[string, (stacks: TwoRegions) => unknown, string]>([
  ['AWS', ({ keysThere }) => kms.Alias.fromAliasName(keysThere, 'Aws', 'alias/aws/secretsmanager'), 'KeysThere/Aws'],
  ['nobody', () => undefined, 'none'],
])('fails for a key of %s, which other languages let pass', (_whose, encryptionKey, given) => {
  const stacks = new TwoRegions();

  expect(() => stacks.secret({ replicaRegions: [{ region: THERE, encryptionKey: encryptionKey(stacks) as ICustomerManagedKey }] })).toThrow(
    `KeyNotCustomerManaged: a key of your own encrypts the replica in ${THERE}, given: ${given}; write a CustomerManagedKey, or import one with `
    + 'CustomerManagedKey.fromKeyArn [at Data/Login]');
});

test('fails in a stack without a Region', () => {
  const stacks = new TwoRegions();

  expect(() => new EncryptedSecret(new Stack(stacks.app, 'Agnostic'), 'Login', {
    replicaRegions: [{ region: THERE, encryptionKey: stacks.keyThere }],
  })).toThrow('SecretRegionUnknown: the keys of replicas let in AWS Secrets Manager of the secret\'s Region, given: a stack whose Region is known at '
    + 'deployment only; give the stack an env with a region [at Agnostic/Login]');
});

test('fails for a replica that is not there', () => {
  expect(() => new TwoRegions().secret().replica('eu-west-3')).toThrow(
    `NoReplica: the secret has replicas in ${THERE}, given: eu-west-3; add it to replicaRegions, with a key there [at Data/Login]`);
});

test.each<[string, () => iam.IGrantable, string]>([
  ['an ARN', () => new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/reader`), `ArnPrincipal(arn:aws:iam::${ACCOUNT}:role/reader)`],
  ['another account', () => new iam.AccountPrincipal(OTHER_ACCOUNT), `AccountPrincipal(${OTHER_ACCOUNT})`],
])('fails to let %s read a replica, whom AWS CDK would forget', (_who, grantee, given) => {
  expect(() => new TwoRegions().secret().replica(THERE).grantRead(grantee())).toThrow(
    `GranteeOutOfReach: a replica has the resource policy of its primary secret, which says nothing of it, given: ${given}, for the replica in ${THERE}; `
    + 'grant to a role or user of this account that the app can change [at Data/Login]');
});

test('fails to let anybody write a replica', () => {
  const stacks = new TwoRegions();

  expect(() => stacks.secret().replica(THERE).grantWrite(stacks.roleThere())).toThrow(
    'ReplicaReadOnly: AWS Secrets Manager changes a replica only with its primary secret, given: UsersThere/Reader, for the replica in eu-west-1; '
    + 'grant writing of, and rotate, the primary secret [at Data/Login]');
});
