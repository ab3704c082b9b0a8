import { Environment, NestedStack, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  CustomerManagedKey, EncryptedSecret, ParameterValue, SecureStringCopy, SecureStringCopyProps, SecureStringParameter, SecureStringParameterProps,
  SnapshotDestination,
} from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { nagFindingsInLondon } from '../../support/nag';

const LONDON: Environment = { account: ACCOUNT, region: REGION };
const IN_SYDNEY: Environment = { account: ACCOUNT, region: SYDNEY };
const THERE = `Data-copies-${SYDNEY}`;
const KEY_THERE = { 'Fn::GetStackOutput': { StackName: THERE, Region: SYDNEY, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };
const arnIn = (region: string, name = 'billing/token') => `arn:aws:ssm:${region}:${ACCOUNT}:parameter/${name}`;

function tokenIn(data: Stack, props: Partial<SecureStringParameterProps> = {}): SecureStringParameter {
  return new SecureStringParameter(data, 'Token', { parameterName: '/billing/token', value: ParameterValue.generated(), ...props });
}

function copied(source: SecureStringParameter, props: Partial<SecureStringCopyProps> = {}, scope = source.node.scope!): SecureStringCopy {
  return new SecureStringCopy(scope, 'TokenCopy', { source, destination: SnapshotDestination.inRegion(SYDNEY), ...props });
}

const copyIn = (template: object) => theOnly(template as never, 'Custom::SecureStringCopy');

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('is written by the function of its stack, under the key there, and says where the value of its source comes from', () => {
    const copies = new Copies(references, LONDON);
    copied(tokenIn(copies.data), { parameterName: '/rescue/token', revision: '2', removalPolicy: RemovalPolicy.RETAIN });

    expect(copyIn(copies.template('Data'))).toEqual(expect.objectContaining({
      DeletionPolicy: 'Retain',
      Properties: expect.objectContaining({
        ParameterName: '/rescue/token',
        ParameterArn: references === 'weak' ? arnIn(SYDNEY, 'rescue/token') : expect.anything(),
        Region: SYDNEY,
        KeyArn: KEY_THERE,
        Tier: 'Standard',
        Value: { Parameter: { Name: { Ref: expect.stringMatching(/^Token/) }, From: '{"Generated":{"Length":"32"}}', Revision: '2' } },
      }),
    }));
  });

  test('the stack there has a key and its alias, and refers to nothing', () => {
    const copies = new Copies(references);
    copied(tokenIn(copies.data)).grantRead(new iam.Role(newStack(copies.app, 'Readers', IN_SYDNEY), 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
    const there = copies.template(THERE);

    expect(Object.values(there.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias']);
    expect(JSON.stringify(there)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(JSON.stringify(copies.template('Readers'))).not.toMatch(/"StackName":"Data"|Data:/);
  });

  test('is in another stack of the Region than its source, and in a nested one', () => {
    const copies = new Copies(references);
    const others = newStack(copies.app, 'Others', LONDON);
    const { destinationStack } = copied(tokenIn(copies.data), {}, new NestedStack(others, 'Nested'));

    expect(destinationStack.stackName).toBe(`Others-copies-${SYDNEY}`);
    expect(() => copies.app.synth()).not.toThrow();
  });
});

test.each<[string, (data: Stack) => Partial<SecureStringParameterProps>, unknown]>([
  ['options of a generated value', () => ({ value: ParameterValue.generated({ length: 40, revision: '3' }) }), '{"Generated":{"Length":"40","Revision":"3"}}'],
  ['a secret', (data) => ({ value: ParameterValue.fromSecret(new EncryptedSecret(data, 'Secret').secret, 'token') }),
    { 'Fn::Join': ['', ['{"Secret":{"SecretId":"', { Ref: expect.stringMatching(/^Secret/) }, '","Field":"token"}}']] }],
])('another value of the source is copied, by %s', (_what, props, from) => {
  const copies = new Copies();
  copied(tokenIn(copies.data, props(copies.data)));

  expect(copyIn(copies.template('Data')).Properties.Value.Parameter.From).toEqual(from);
});

test('has the tier of its source', () => {
  const copies = new Copies();
  copied(tokenIn(copies.data, { tier: ssm.ParameterTier.ADVANCED }));

  expect(copyIn(copies.template('Data')).Properties.Tier).toBe('Advanced');
});

test('has the tags of its stack, and its own', () => {
  const copies = new Copies();
  const copy = copied(tokenIn(copies.data));
  Tags.of(copies.app).add('app', 'billing');
  Tags.of(copy).add('class', 'secret');

  expect(copyIn(copies.template('Data')).Properties.Tags).toEqual([{ Key: 'app', Value: 'billing' }, { Key: 'class', Value: 'secret' }]);
});

test('the copy in another Region is another resource, so that the former one is deleted', () => {
  const ids = [SYDNEY, 'eu-west-1'].map((region) => {
    const copies = new Copies();
    copied(tokenIn(copies.data), { destination: SnapshotDestination.inRegion(region) });
    return Object.entries(copies.template('Data').Resources).filter(([, { Type }]) => Type === 'Custom::SecureStringCopy').map(([id]) => id);
  });

  expect(new Set(ids.flat()).size).toBe(2);
});

describe.each(['weak', 'strong'] as const)('who asks, by %s references', (references) => {
  const SOURCE = 'Data/Token/Key';
  const COPIES = `${THERE}/Key`;
  let model: AccessModel;
  const writer = { Copy: '', Token: '' };
  beforeAll(() => {
    const { app, data } = new Copies(references, LONDON);
    const role = (stack: Stack, id: string) => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
    const [users, usersThere] = [newStack(app, 'Users', LONDON), newStack(app, 'UsersThere', IN_SYDNEY)];
    const token = tokenIn(data);
    const copy = copied(token);
    token.grantRead(role(users, 'Reader'));
    token.grantWrite(role(users, 'Writer'));
    copy.grantRead(role(usersThere, 'Reader'));
    role(users, 'Bystander');
    const writerOf = (node: SecureStringCopy['node']) => node.children.find(({ node: { id } }) => id.startsWith('Writer'))!.node.path;
    Object.assign(writer, { Copy: writerOf(copy.node), Token: writerOf(token.node) });
    model = new AccessModel(readAssembly(app.synth().directory));
  });

  test.each<[string, string, 'source' | 'copy', string]>([
    ['the writer of Copy', 'Decrypt', 'source', 'allowed'],
    ['the writer of Copy', 'Encrypt', 'source', 'denied'],
    ['the writer of Copy', 'GenerateDataKey', 'source', 'denied'],
    ['the writer of Copy', 'Encrypt', 'copy', 'allowed'],
    ['the writer of Copy', 'GenerateDataKey', 'copy', 'allowed'],
    ['the writer of Copy', 'Decrypt', 'copy', 'allowed'],
    ['the writer of Token', 'Decrypt', 'source', 'allowed'],
    ...['Decrypt', 'Encrypt', 'GenerateDataKey'].flatMap((action): [string, string, 'copy', string][] => [
      ['the writer of Token', action, 'copy', 'denied'],
      ['Users/Reader', action, 'copy', 'denied'],
      ['Users/Writer', action, 'copy', 'denied'],
      ['Users/Bystander', action, 'copy', 'denied'],
      ['Data/SecureStringWriter/Role', action, 'copy', 'denied'],
    ]),
    ['UsersThere/Reader', 'Decrypt', 'copy', 'allowed'],
    ['UsersThere/Reader', 'Encrypt', 'copy', 'denied'],
    ['UsersThere/Reader', 'Decrypt', 'source', 'denied'],
    ['Users/Reader', 'Decrypt', 'source', 'allowed'],
  ])('%s asks for %s of the %s: %s', (who, action, of, verdict) => {
    const principal = who.replace(/^the writer of (Copy|Token)$/, (_, name: 'Copy' | 'Token') => writer[name]);
    const region = of === 'source' ? REGION : SYDNEY;
    const context = { 'kms:ViaService': `ssm.${region}.amazonaws.com`, 'kms:EncryptionContext:PARAMETER_ARN': arnIn(region) };

    expect(model.decide({ principal, key: of === 'source' ? SOURCE : COPIES, action: `kms:${action}`, context, complete: true })).toMatchObject({ verdict });
  });

  test.each([
    ['another parameter', { 'kms:ViaService': `ssm.${SYDNEY}.amazonaws.com`, 'kms:EncryptionContext:PARAMETER_ARN': arnIn(SYDNEY, 'billing/other') }],
    ['nothing between', { 'kms:EncryptionContext:PARAMETER_ARN': arnIn(SYDNEY) }],
  ])('whoever writes and reads the copy is denied %s', (_what, context) => {
    for (const principal of [writer.Copy, 'UsersThere/Reader']) {
      expect(model.decide({ principal, key: COPIES, action: 'kms:Decrypt', context, complete: true })).toMatchObject({ verdict: 'denied' });
    }
  });
});

test('the role of the copy reads this source and writes this copy, and nothing else', () => {
  const copies = new Copies('weak', LONDON);
  const copy = copied(tokenIn(copies.data));
  const policies = Object.entries(copies.template('Data').Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith('TokenCopy'));
  const [[, { Properties: { PolicyDocument: { Statement } } }]] = policies;
  const of = (service: string) => Statement.filter(({ Action }: any) => [Action].flat()[0].startsWith(`${service}:`));

  expect(policies).toHaveLength(1);
  expect(of('ssm').map(({ Action, Resource }: any) => [[Action].flat().map((action: string) => action.slice(4)), JSON.stringify(Resource)])).toEqual([
    [['AddTagsToResource', 'DeleteParameter', 'GetParameter', 'ListTagsForResource', 'PutParameter', 'RemoveTagsFromResource'], JSON.stringify(arnIn(SYDNEY))],
    [['DescribeParameters', 'GetParameter', 'GetParameterHistory', 'GetParameters'], expect.stringMatching(new RegExp(`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter`))],
  ]);
  expect(of('kms').map(({ Action, Resource }: any) => [Action, Resource])).toEqual([
    [['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], KEY_THERE],
    ['kms:Decrypt', { 'Fn::GetAtt': [expect.stringMatching(/^TokenKey/), 'Arn'] }],
  ]);
  expect(copy.destinationKey.node.path).toBe(`${THERE}/Key`);
});

test('nothing is found in the stack of the copies, and nothing more in that of the source', () => {
  const [before, after] = [tokenIn, (data: Stack) => copied(tokenIn(data))].map(nagFindingsInLondon);

  expect(after).toEqual(before);
});

test('fails for a source of another Region', () => {
  const { app, data } = new Copies('weak', LONDON);
  const paris = newStack(app, 'Paris', { account: ACCOUNT, region: 'eu-west-3' });

  expect(() => copied(tokenIn(paris), {}, data)).toThrow(
    `SourceOfAnotherRegion: the function of a stack reads the parameters of its Region, given: Paris/Token in eu-west-3, for Data in ${REGION}; `
    + 'write the copy in a stack of eu-west-3 [at Data/TokenCopy]');
});

test('fails for another account', () => {
  const { app, data } = new Copies('weak', LONDON);
  const there = newStack(app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });

  expect(() => copied(tokenIn(data), { destination: SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')) })).toThrow(
    `DestinationInAnotherAccount: SecureString parameters are copied within an account only, given: There in ${OTHER_ACCOUNT}, for a source in ${ACCOUNT}; `
    + `give a stack of ${ACCOUNT} [at Data/TokenCopy]`);
});

test('fails for a name that Parameter Store does not take', () => {
  expect(() => copied(tokenIn(new Copies().data), { parameterName: '/aws/token' })).toThrow('ParameterNameInvalid: the name of a parameter is known before deployment');
});

test('fails for a reader of another account, whom Parameter Store lets in to nothing', () => {
  const { app, data } = new Copies('weak', LONDON);
  const other = new iam.Role(newStack(app, 'Other', { account: OTHER_ACCOUNT, region: SYDNEY }), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });

  expect(() => copied(tokenIn(data)).grantRead(other)).toThrow('GranteeOutOfReach: AWS Systems Manager looks at the IAM policy of the caller only');
});
