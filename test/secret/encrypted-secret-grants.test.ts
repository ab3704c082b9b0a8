import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, KmsService } from '../../src';
import { newStack } from '../support/key-stack';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ROOT, ThreeStacks } from '../support/three-stacks';

type Grant = (login: EncryptedSecret, stacks: ThreeStacks) => void;

const VIA = { 'kms:ViaService': `secretsmanager.${REGION}.amazonaws.com` };
const PATTERN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:billing/login-??????`;
const NAMED = { secretName: 'billing/login' };
/** The secret, from wherever it is referred to. */
const SECRET = { Ref: 'LoginDDE9992A' };

/** The key, the secret and its consumers in a stack each. */
function granted(grant: Grant, props: EncryptedSecretProps = {}, references: 'weak' | 'strong' = 'weak') {
  const stacks = new ThreeStacks(references);
  stacks.role('Bystander');
  grant(new EncryptedSecret(stacks.data, 'Login', { encryptionKey: stacks.key, ...props }), stacks);
  return stacks.synth();
}

function policyOf(synthesized: ReturnType<typeof granted>): any[] {
  return synthesized.resources().filter(({ Type }) => Type === 'AWS::SecretsManager::ResourcePolicy')
    .flatMap(({ Properties }) => Properties.ResourcePolicy.Statement);
}

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  describe.each<[string, EncryptedSecretProps, unknown]>([
    ['with a name, which is told by it', NAMED, PATTERN],
    ['with a generated name', {}, SECRET],
  ])('a secret %s', (_name, props, secretArn) => {
    const only = { StringEquals: VIA, StringLike: { 'kms:EncryptionContext:SecretARN': [secretArn] } };

    test.each<[string, Grant, object[]]>([
      ['reads', (login, stacks) => login.grantRead(stacks.role()), [{ Action: 'kms:Decrypt', Condition: only }]],
      ['reads through the L2', (login, stacks) => login.secret.grantRead(stacks.role()), [{ Action: 'kms:Decrypt', Condition: only }]],
      ['reads by its ARN', (login, stacks) => login.grantRead(new iam.ArnPrincipal(stacks.role().roleArn)), [{ Action: 'kms:Decrypt', Condition: only }]],
      ['writes', (login, stacks) => login.grantWrite(stacks.role()), [
        { Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], Condition: only },
        { Action: 'kms:DescribeKey', Condition: { StringEquals: VIA } },
      ]],
    ])('gives whoever %s both halves, for this secret', (_verb, grant, expected) => {
      const synthesized = granted(grant, props, references);

      expect(synthesized.identityStatements('Users')).toEqual(expected.map((statement) => ({ Effect: 'Allow', Resource: KEY_ARN, ...statement })));
      expect(synthesized.keyPolicy()).toContainEqual({
        Sid: 'UseThroughSecretsManager',
        Effect: 'Allow',
        Principal: { AWS: ROOT },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, ...VIA } },
      });
    });
  });

  test('the stack of the key depends on no other', () => {
    expect(granted((login, stacks) => login.grantRead(stacks.role()), {}, references).dependenciesOfKeys).toEqual([]);
  });

  test('a secret beside its key, read by a role of another stack, makes no cycle (aws/aws-cdk#14213)', () => {
    const stacks = new ThreeStacks(references);
    new EncryptedSecret(stacks.keys, 'Login', { encryptionKey: stacks.key }).grantRead(stacks.role());

    expect(stacks.synth().dependenciesOfKeys).toEqual([]);
  });
});

test('whoever reads has the key in its IAM policy, also under a key of somebody else (aws/aws-cdk#20087)', () => {
  const arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const stacks = new ThreeStacks();
  const encryptionKey = CustomerManagedKey.fromKeyArn(stacks.data, 'Imported', arn, { services: [KmsService.SECRETS_MANAGER] });
  new EncryptedSecret(stacks.data, 'Login', { encryptionKey, ...NAMED }).grantRead(stacks.role());

  expect(stacks.synth().identityStatements('Users')).toEqual([{
    Effect: 'Allow', Action: 'kms:Decrypt', Resource: arn, Condition: { StringEquals: VIA, StringLike: { 'kms:EncryptionContext:SecretARN': [PATTERN] } },
  }]);
});

test('reads the versions that are given only', () => {
  const statements = granted((login, stacks) => login.grantRead(stacks.role(), ['AWSCURRENT'])).resources('Users')
    .flatMap(({ Properties }) => Properties.PolicyDocument?.Statement ?? []);

  expect(statements.find(({ Action }) => [Action].flat().includes('secretsmanager:GetSecretValue')).Condition).toEqual({
    'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': ['AWSCURRENT'] },
  });
});

test('fails for no version', () => {
  expect(() => granted((login, stacks) => login.grantRead(stacks.role(), []))).toThrow(
    'VersionStagesEmpty: a grant of no version grants nothing, given: versionStages []; write staging labels such as AWSCURRENT, '
    + 'or leave versionStages out [at Data/Login]');
});

describe('who has no IAM policy here', () => {
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;

  test.each<[string, (stacks: ThreeStacks) => iam.IGrantable]>([
    ['an ARN', () => new iam.ArnPrincipal(ROLE)],
    ['an imported role, not to be changed', ({ users }) => iam.Role.fromRoleArn(users, 'Reader', ROLE, { mutable: false })],
  ])('is let in by the resource policy and the key policy: %s', (_who, grantee) => {
    const synthesized = granted((login, stacks) => login.grantRead(grantee(stacks)));

    expect(policyOf(synthesized)).toEqual([{
      Effect: 'Allow', Principal: { AWS: ROLE }, Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: SECRET,
    }]);
    expect(synthesized.keyPolicy()).toContainEqual({
      Sid: 'NamedThroughSecretsManager', Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: VIA },
    });
  });

  test.each<[string, (stacks: ThreeStacks) => iam.IGrantable, string]>([
    ['everyone', () => new iam.AnyPrincipal(), 'PrincipalNotGrantable: a key cannot be granted to everyone'],
    ['an organization', () => new iam.OrganizationPrincipal('o-1234567890'), 'PrincipalNotGrantable: a key cannot be granted to an organization'],
    ['a role of another account that the app cannot change', () => new iam.ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:role/reader`), 'IdentityHalfMissing: '],
    ['an imported role of another account', ({ users }) => iam.Role.fromRoleArn(users, 'Reader', `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`),
      'IdentityHalfMissing: '],
  ])('fails for %s', (_who, grantee, message) => {
    expect(() => granted((login, stacks) => login.grantRead(grantee(stacks)), NAMED)).toThrow(message);
  });
});

describe('another account', () => {
  const ofTheirs = { 'kms:CallerAccount': OTHER_ACCOUNT, ...VIA };

  test('is let in as a whole by the resource policy and the key policy', () => {
    const synthesized = granted((login) => login.grantRead(new iam.AccountPrincipal(OTHER_ACCOUNT)));

    expect(policyOf(synthesized)).toEqual([expect.objectContaining({
      Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` }, Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    })]);
    expect(synthesized.keyPolicy()).toContainEqual(expect.objectContaining({
      Sid: `Account${OTHER_ACCOUNT}ThroughSecretsManager`, Action: 'kms:Decrypt', Condition: { StringEquals: ofTheirs },
    }));
  });

  const theirs = (stacks: ThreeStacks) => new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Reader', { roleName: 'reader', assumedBy: new iam.AccountRootPrincipal() });

  test('is let in for a role of the app, which gets the other halves', () => {
    const synthesized = granted((login, stacks) => login.grantRead(theirs(stacks)), NAMED);
    const statements = synthesized.resources(`Of${OTHER_ACCOUNT}`).flatMap(({ Properties }) => Properties.PolicyDocument?.Statement ?? []);

    expect(policyOf(synthesized)).toEqual([expect.objectContaining({ Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` } })]);
    expect(synthesized.keyPolicy()).toContainEqual(expect.objectContaining({
      Sid: `Account${OTHER_ACCOUNT}ThroughSecretsManager`,
      Condition: { StringEquals: ofTheirs, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` } },
    }));
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: PATTERN },
      expect.objectContaining({ Action: 'kms:Decrypt', Condition: { StringEquals: VIA, StringLike: { 'kms:EncryptionContext:SecretARN': [PATTERN] } } }),
    ]);
  });

  test('fails for a role of the app where the secret has no name', () => {
    expect(() => granted((login, stacks) => login.grantRead(theirs(stacks)))).toThrow(
      'SecretWithoutName: the IAM policy of another account or Region tells a secret by its name, given: a secret without one, '
      + `for Of${OTHER_ACCOUNT}/Reader; write secretName [at Data/Login]`);
  });

  test('fails for a role of another Region where the secret has no name', () => {
    const reader = ({ app }: ThreeStacks) => new iam.Role(newStack(app, 'There', { account: ACCOUNT, region: 'eu-west-1' }), 'Reader', {
      assumedBy: new iam.AccountRootPrincipal(),
    });

    expect(() => granted((login, stacks) => login.grantWrite(reader(stacks)))).toThrow(/^SecretWithoutName: .* for There\/Reader; write secretName/);
  });
});
