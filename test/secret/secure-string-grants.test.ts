import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, ParameterValue, SecureStringParameter } from '../../src';
import { templateOf } from '../support/template-difference';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ROOT, ThreeStacks } from '../support/three-stacks';

const ARN = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/billing/token`;
const VIA_SSM = {
  StringEquals: { 'kms:ViaService': `ssm.${REGION}.amazonaws.com` },
  StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': [ARN] },
};

type Grant = (token: SecureStringParameter, stacks: ThreeStacks) => void;

/** The key, the parameter and its consumers in a stack each. */
function granted(grant: Grant, references: 'weak' | 'strong' = 'weak') {
  const stacks = new ThreeStacks(references);
  stacks.role('Bystander');
  grant(new SecureStringParameter(stacks.data, 'Token', {
    parameterName: '/billing/token', value: ParameterValue.generated(), encryptionKey: stacks.key,
  }), stacks);
  return stacks.synth();
}

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test.each<[string, string, Grant, string | string[]]>([
    ['reads', 'Decrypt', (token, stacks) => token.grantRead(stacks.role()), 'kms:Decrypt'],
    ['reads through the L2', 'Decrypt', (token, stacks) => token.parameter.grantRead(stacks.role()), 'kms:Decrypt'],
    ['reads by its ARN', 'Decrypt', (token, stacks) => token.grantRead(new iam.ArnPrincipal(stacks.role().roleArn)), 'kms:Decrypt'],
    ['writes', 'Encrypt', (token, stacks) => token.grantWrite(stacks.role()), ['kms:Encrypt', 'kms:GenerateDataKey']],
  ])('whoever %s has both halves of %s, for this parameter', (_verb, _action, grant, Action) => {
    const synthesized = granted(grant, references);

    expect(synthesized.identityStatements('Users')).toEqual([{ Effect: 'Allow', Action, Resource: KEY_ARN, Condition: VIA_SSM }]);
    expect(synthesized.keyPolicy()).toContainEqual({
      Sid: 'UseThroughParameterStore',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': `ssm.${REGION}.amazonaws.com` } },
    });
  });

  test('the stack of the key depends on no other', () => {
    expect(granted((token, stacks) => token.grantRead(stacks.role()), references).dependenciesOfKeys).toEqual([]);
  });
});

test.each<[string, (stacks: ThreeStacks) => iam.IGrantable, string]>([
  ['an ARN', () => new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/reader`), `ArnPrincipal(arn:aws:iam::${ACCOUNT}:role/reader)`],
  ['an account', () => new iam.AccountPrincipal(ACCOUNT), `AccountPrincipal(${ACCOUNT})`],
  ['a role of another account', (stacks) => new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Reader', {
    roleName: 'reader', assumedBy: new iam.AccountRootPrincipal(),
  }), `Of${OTHER_ACCOUNT}/Reader`],
])('fails for %s, whom Parameter Store would not let in', (_who, grantee, text) => {
  expect(() => granted((token, stacks) => token.grantRead(grantee(stacks)))).toThrow(
    'GranteeOutOfReach: AWS Systems Manager looks at the IAM policy of the caller only, and at callers of the parameter\'s account only, '
    + `given: ${text}, whose policy is out of reach here or elsewhere; grant to a role or user of this account that the app can change, `
    + 'or allow ssm:GetParameter and kms:Decrypt there [at Data/Token]');
});

describe('a ciphertext', () => {
  const CIPHERTEXT = Buffer.from('made beforehand').toString('base64');
  const direct = { StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': ARN } };
  const IMPORTED = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

  test('lets the role of the parameter decrypt directly, in both halves, in the context of the parameter', () => {
    const { Resources } = templateOf((scope) => new SecureStringParameter(scope, 'Token', {
      parameterName: '/billing/token', value: ParameterValue.fromCiphertext(CIPHERTEXT), encryptionKey: new CustomerManagedKey(scope, 'Key'),
    }));
    const role = Resources.TokenCB33349F.Properties.RoleArn;
    const policy = Object.values<any>(Resources).find(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('ssm:'));

    expect(Resources.Key961B73FD.Properties.KeyPolicy.Statement).toContainEqual({
      Sid: 'DirectDecrypt', Effect: 'Allow', Principal: { AWS: role }, Action: 'kms:Decrypt', Resource: '*', Condition: direct,
    });
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual({
      Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }, Condition: direct,
    });
  });

  test.each(['weak', 'strong'] as const)('under a key of another stack lets in that role alone, by its name, with %s references', (references) => {
    const stacks = new ThreeStacks(references);
    new SecureStringParameter(stacks.data, 'Token', {
      parameterName: '/billing/token', value: ParameterValue.fromCiphertext(CIPHERTEXT), encryptionKey: stacks.key,
    });
    const synthesized = stacks.synth();
    const { RoleName } = synthesized.resources('Data').find(({ Properties }) => Properties.RoleName)!.Properties;

    expect(RoleName).toMatch(/^Data-Token[\w-]*-[0-9a-f]{8}-eu-west-2$/);
    expect(RoleName.length).toBeLessThanOrEqual(64);
    expect(synthesized.keyPolicy()).toContainEqual({
      Sid: 'DelegatedDecrypt',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${RoleName}` },
        StringEquals: { 'kms:CallerAccount': ACCOUNT, ...direct.StringEquals },
      },
    });
    expect(synthesized.dependenciesOfKeys).toEqual([]);
  });

  test('lets in that role alone also where the Region is known at deployment only', () => {
    const stacks = new ThreeStacks('weak', {});
    new SecureStringParameter(stacks.data, 'Token', {
      parameterName: '/billing/token', value: ParameterValue.fromCiphertext(CIPHERTEXT), encryptionKey: stacks.key,
    });
    const statement = stacks.synth().keyPolicy().find(({ Sid }) => Sid === 'DelegatedDecrypt')!;

    expect(JSON.stringify(statement.Condition!.ArnEquals['aws:PrincipalArn'])).toMatch(/:role\/Data-Token.*{"Ref":"AWS::Region"}/);
  });

  test('under another key than the parameter lets the role decrypt with that one', () => {
    const stacks = new ThreeStacks();
    const old = new CustomerManagedKey(stacks.keys, 'Old');
    new SecureStringParameter(stacks.data, 'Token', {
      parameterName: '/billing/token', value: ParameterValue.fromCiphertext(CIPHERTEXT, old), encryptionKey: stacks.key,
    });
    const policies = stacks.synth().resources('Keys').filter(({ Type }) => Type === 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy.Statement);

    expect(policies.map((statements) => statements.map(({ Sid }: { Sid: string }) => Sid).filter((sid: string) => /Decrypt|Through/.test(sid)))).toEqual([
      ['UseThroughParameterStore'], ['DelegatedDecrypt'],
    ]);
  });

  test('under a key of somebody else is decrypted where its owner says that the account may', () => {
    const stacks = new ThreeStacks();
    const key = CustomerManagedKey.fromKeyArn(stacks.data, 'Imported', IMPORTED, { actions: ['kms:Decrypt'] });
    new SecureStringParameter(stacks.data, 'Token', {
      parameterName: '/billing/token', value: ParameterValue.fromCiphertext(CIPHERTEXT, key), encryptionKey: stacks.key,
    });

    expect(stacks.synth().identityStatements('Data')).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: IMPORTED, Condition: direct });
  });

  test('fails under a key of somebody else that does not let in the account', () => {
    const stacks = new ThreeStacks();
    const key = CustomerManagedKey.fromKeyArn(stacks.data, 'Imported', IMPORTED);

    expect(() => new SecureStringParameter(stacks.data, 'Token', {
      parameterName: '/billing/token', value: ParameterValue.fromCiphertext(CIPHERTEXT, key), encryptionKey: stacks.key,
    })).toThrow(/^KeyPolicyNotOurs: .*"Sid":"DelegatedDecrypt".*"kms:EncryptionContext:PARAMETER_ARN":"arn:aws:ssm:.*declare it with actions: \["kms:Decrypt"\]/);
  });
});
