import { Verdict } from '../../../src/access/decision/decision';
import { A, ask, K, policy, R, ROOT, World } from '../../support/access-world';
import { allows, aws, DECRYPT, DELEGATED, denies, keyAllows, NAMES_R, VIA_S3 } from '../golden/statements';

const DOCUMENT = policy([NAMES_R]);
const NO_VALUE = { Ref: 'AWS::NoValue' };
const NAMES_THE_ACCOUNT = JSON.stringify(policy([keyAllows({ AWS: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/R' }, 'kms:Decrypt')]));
const given = (KeyPolicy: unknown, more: World = {}): World => ({ ...more, key: { KeyPolicy } });
const of = (statement: object): World => given(policy([{ ...NAMES_R, ...statement }]));
/** What CDK makes of `new CfnJson(this, 'Json', { value: { [keyWithAToken]: value } })`. */
const cfnJson = (...pieces: unknown[]) => ({ Json: { Type: 'Custom::AWSCDKCfnJson', Properties: { ServiceToken: 'arn', Value: { 'Fn::Join': ['', pieces] } } } });
const JSON_VALUE = { 'Fn::GetAtt': ['Json', 'Value'] };

test.each<[string, World, Verdict]>([
  ['a policy that Fn::ToJsonString writes', given({ 'Fn::ToJsonString': DOCUMENT }), 'allowed'],
  ['JSON in Fn::Sub', given({ 'Fn::Sub': NAMES_THE_ACCOUNT }), 'allowed'],
  ['JSON in Fn::Join', given({ 'Fn::Join': ['', ['{"Statement":', JSON.stringify(NAMES_R), '}']] }), 'allowed'],
  ['JSON in Fn::Join, longer than an ARN', given({ 'Fn::Join': ['', [`{"Id":"${'x'.repeat(9000)}","Statement":`, JSON.stringify(NAMES_R), '}']] }), 'allowed'],
  ['JSON with an unknown in a string', given({ 'Fn::Sub': NAMES_THE_ACCOUNT.replace('role/R', '${AWS::NotKnown}') }), 'unknown'],
  ['JSON with an unknown statement', given({ 'Fn::Join': ['', ['{"Statement":', { 'Fn::ImportValue': 'Statement' }, '}']] }), 'unknown'],
  ['JSON with the marks of an unknown, as escapes', given(JSON.stringify(policy([keyAllows(aws(R), 'kms:MARKS')])).replace('MARKS', '\\ue000x\\uE001')), 'denied'],
  ['the same policy in both branches', given({ 'Fn::If': ['Depends', DOCUMENT, DOCUMENT] }), 'unknown'],
  ['a policy of one branch', given({ 'Fn::If': ['Depends', DOCUMENT, policy([DELEGATED])] }), 'unknown'],
  ['policies of two branches, neither of which is about it', given({ 'Fn::If': ['Depends', policy([DELEGATED]), policy([VIA_S3])] }), 'denied'],
  ['no value: the policy that AWS KMS makes', given(NO_VALUE, { r: [DECRYPT] }), 'allowed'],
  ['a policy to which a macro adds', given({ ...DOCUMENT, 'Fn::Transform': { Name: 'AWS::Include' } }), 'unknown'],
  ['a key to which a macro adds properties', { key: { 'KeyPolicy': undefined, 'Fn::Transform': { Name: 'AWS::Include' } } }, 'unknown'],
  ['a statement to which a macro adds', of({ 'Fn::Transform': { Name: 'AWS::Include' } }), 'unknown'],
  ['a principal to which a macro adds', of({ Principal: { 'Service': 'sns.amazonaws.com', 'Fn::Transform': { Name: 'AWS::Include' } } }), 'unknown'],
  ['a condition to which a macro adds', of({ Condition: { StringEquals: { 'aws:PrincipalArn': R, 'Fn::Transform': { Name: 'AWS::Include' } } } }), 'unknown'],
  ['a loop in a condition', of({ Condition: { StringEquals: { 'Fn::ForEach::Tags': ['Tag', { Ref: 'Tags' }, { 'aws:PrincipalTag/${Tag}': 'x' }] } } }), 'unknown'],
  ['elements without a value', of({ Condition: NO_VALUE, NotPrincipal: NO_VALUE, Sid: NO_VALUE }), 'allowed'],
  ['a condition without a value under an operator', of({ Condition: { StringEquals: NO_VALUE } }), 'allowed'],
  ['a condition without values', of({ Condition: { StringEquals: { 'aws:PrincipalArn': NO_VALUE } } }), 'denied'],
  ['an effect of two branches', of({ Effect: { 'Fn::If': ['Depends', 'Allow', 'Deny'] } }), 'unknown'],
  ['principals of two branches, one of them R', of({ Principal: { 'Fn::If': ['Depends', aws(R), aws(ROOT)] } }), 'unknown'],
  ['principals of two branches, none of them R', of({ Principal: { 'Fn::If': ['Depends', aws(ROOT), { Service: 'sns.amazonaws.com' }] } }), 'denied'],
  ['an action from a list parameter of unknown length', of({ Action: { Ref: 'Actions' } }), 'unknown'],
  ['a principal from AWS Secrets Manager', of({ Principal: aws('{{resolve:secretsmanager:admins:SecretString:arn}}') }), 'unknown'],
  ['a principal that only AWS Secrets Manager tells, of a given account', of({ Principal: aws(`arn:aws:iam::${A}:user/{{resolve:ssm:/name}}`) }), 'denied'],
])('%s: %s', (_, world, verdict) => {
  expect(ask(world)).toMatchObject({ verdict });
});

describe('an object that CDK makes of JSON at deployment', () => {
  test.each<[string, World, Verdict]>([
    ['is read', { ...of({ Condition: { StringEquals: JSON_VALUE } }), resources: cfnJson('{"aws:PrincipalAccount":"', { Ref: 'AWS::AccountId' }, '"}') }, 'allowed'],
    ['is read where the condition does not hold', { ...of({ Condition: { StringEquals: JSON_VALUE } }), resources: cfnJson('{"aws:PrincipalAccount":"1"}') }, 'denied'],
    ['has a key of which a part is unknown', { ...of({ Condition: { StringEquals: JSON_VALUE } }), resources: cfnJson('{"', { 'Fn::ImportValue': 'Issuer' }, ':sub":"x"}') }, 'unknown'],
    ['is a whole condition', { ...of({ Condition: JSON_VALUE }), resources: cfnJson('{"StringEquals":{"kms:CallerAccount":"1"}}') }, 'denied'],
    ['is unknown where another resource makes it', { ...of({ Condition: JSON_VALUE }), resources: { Json: { Type: 'Custom::Json', Properties: { Value: '{}' } } } }, 'unknown'],
  ])('%s', (_, world, verdict) => {
    expect(ask(world)).toMatchObject({ verdict });
  });
});

test('conditions of the template that are known choose the branch', () => {
  const conditional = (value: string) => ({ 'Fn::If': [value, DECRYPT, denies('kms:*', K)] });
  const inStack = (Statement: unknown) => ({ P: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'R', PolicyDocument: { Version: '2012-10-17', Statement } } } });
  const asked = (Statement: unknown) => ask({ keyPolicy: [DELEGATED], resources: inStack(Statement), conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } } }).verdict;
  expect([asked([conditional('Yes')]), asked([conditional('Depends')]), asked({ 'Fn::If': ['Yes', [allows('kms:Encrypt')], DECRYPT] })]).toEqual(['allowed', 'unknown', 'denied']);
});
