import { AppValues } from '../../../src/access/template/app-values';
import { UNKNOWN_DEPLOYMENT } from '../../../src/access/template/deployment-unknowns';
import { Deployment, readTemplate } from '../../../src/access/template/template';
import { equalText, readable } from '../../../src/access/text/text';

const IRELAND: Deployment = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
const BODY = {
  Parameters: {
    Names: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    One: { Type: 'List<String>', Default: 'a' },
    Given: { Type: 'CommaDelimitedList' },
    Sentence: { Type: 'String', Default: 'a,b' },
    Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] },
    FromStore: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/keys/arn' },
    ListFromStore: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/keys/arns' },
    NameInStore: { Type: 'AWS::SSM::Parameter::Name', Default: '/keys/arn' },
    Password: { Type: 'String', NoEcho: true, Default: 'hunter2' },
  },
  Mappings: { Accounts: { 'eu-west-1': { Owner: '444455556666', Readers: ['x', 'y'] } } },
  Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, Depends: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Custom: { Type: 'Custom::Lookup' },
    Other: { Type: 'AWS::CloudFormation::CustomResource' },
    Machine: { Type: 'AWS::StepFunctions::StateMachine' },
    Volume: { Type: 'AWS::EC2::Volume' },
    Unnamed: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'AWS::NoValue' }, Path: { 'Fn::If': ['Yes', '/team/', '/'] } } },
    Family: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: { 'Fn::If': ['Yes', true, { Ref: 'AWS::NoValue' }] } } },
  },
};
const NO_VALUE = { Ref: 'AWS::NoValue' };

function valuesIn(body: object = BODY, deployment = IRELAND) {
  const template = readTemplate('S', deployment, body);
  return new AppValues([template]).of(template);
}

function come(value: unknown, deployment = IRELAND): string {
  return readable(valuesIn(BODY, deployment).text(value));
}

test.each<[unknown, string]>([
  [{ 'Fn::Length': { Ref: 'Names' } }, '3'],
  [{ 'Fn::Length': ['a', NO_VALUE, 'b'] }, '2'],
  [{ 'Fn::Length': { Ref: 'Given' } }, '<S/Fn::Length {"Ref":"Given"}>'],
  [{ 'Fn::Length': { 'Fn::GetAZs': '' } }, '<S/Fn::Length {"Fn::GetAZs":""}>'],
  [{ 'Fn::Select': [1, { Ref: 'Names' }] }, 'b'],
  [{ 'Fn::Select': ['0', { Ref: 'One' }] }, 'a'],
  [{ 'Fn::Select': [0, { Ref: 'Given' }] }, '<S/Fn::Select [0,{"Ref":"Given"}]>'],
  [{ 'Fn::Select': [0, { Ref: 'Sentence' }] }, '<S/Fn::Select [0,{"Ref":"Sentence"}]>'],
  [{ 'Fn::Select': [7, { Ref: 'Names' }] }, '<S/Fn::Select [7,{"Ref":"Names"}]>'],
  [{ 'Fn::Join': ['-', { Ref: 'Names' }] }, 'a-b-c'],
  [{ 'Fn::Join': ['-', { Ref: 'Given' }] }, '<S/Fn::Join ["-",{"Ref":"Given"}]>'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['::', 'a::b'] }] }, 'b'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'FromStore' }] }] }, '<S/Fn::Select [1,{"Fn::Split":["/",{"Ref":"FromStore"}]}]>'],
  [{ 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'Bucket' }] }] }, '<S/Fn::Select [0,{"Fn::Split":["-",{"Ref":"Bucket"}]}]>'],
  [{ 'Fn::Base64': 'key' }, 'a2V5'],
  [{ 'Fn::Base64': { Ref: 'Bucket' } }, '<S/Fn::Base64 {"Ref":"Bucket"}>'],
  [{ 'Fn::FindInMap': ['Accounts', { Ref: 'AWS::Region' }, 'Owner'] }, '444455556666'],
  [{ 'Fn::FindInMap': ['Accounts', 'us-east-1', 'Owner', { DefaultValue: '777788889999' }] }, '777788889999'],
  [{ 'Fn::FindInMap': ['Accounts', 'us-east-1', 'Owner'] }, '<S/Fn::FindInMap ["Accounts","us-east-1","Owner"]>'],
  [{ 'Fn::Select': [1, { 'Fn::FindInMap': ['Accounts', 'eu-west-1', 'Readers'] }] }, 'y'],
  [{ 'Fn::ToJsonString': { a: ['x', 1, true, NO_VALUE], b: { 'Fn::Sub': '${AWS::Region}' }, c: NO_VALUE } }, '{"a":["x",1,true],"b":"eu-west-1"}'],
  [{ 'Fn::ToJsonString': { a: { Ref: 'Names' } } }, '{"a":["a","b","c"]}'],
  [{ 'Fn::If': ['Yes', 'a', { Ref: 'Given' }] }, 'a'],
  [{ 'Fn::If': ['Depends', 'a', 'a'] }, 'a'],
  [{ 'Fn::If': ['Depends', 'a', 'b'] }, '<S/Fn::If ["Depends","a","b"]>'],
  [{ Ref: 'Stage' }, '<S/Stage>'],
  [{ Ref: 'FromStore' }, '<S/FromStore>'],
  [{ Ref: 'ListFromStore' }, '<S/ListFromStore>'],
  [{ Ref: 'NameInStore' }, '/keys/arn'],
  [{ Ref: 'Password' }, '<S/Password>'],
  [{ 'Fn::GetAtt': ['Custom', 'KeyArn'] }, '<S/Custom.KeyArn>'],
  [{ 'Fn::Sub': 'a${Custom.KeyArn}' }, 'a<S/Custom.KeyArn>'],
  [{ 'Fn::Sub': ['${Named}', { Named: { Ref: 'Sentence' } }] }, 'a,b'],
  [{ 'Fn::Transform': { Name: 'AWS::Include' } }, '<S/Fn::Transform {"Name":"AWS::Include"}>'],
  ['{{resolve:ssm:/keys/arn:1}}', '<S/{{resolve:ssm:/keys/arn:1}}>'],
  [{ 'Fn::Join': ['', ['key/{{resolve:secretsmanager:', { Ref: 'Sentence' }, ':SecretString:id}}']] }, 'key/<S/{{resolve:secretsmanager:a,b:SecretString:id}}>'],
  [{ Ref: 'AWS::StackId' }, 'arn:aws:cloudformation:eu-west-1:111122223333:stack/S/<S/AWS::StackId>'],
  [{ 'Fn::GetAtt': ['Unnamed', 'Arn'] }, 'arn:aws:iam::111122223333:role/team/S-Unnamed-<S/Unnamed>'],
  [{ Ref: 'Family' }, 'mrk-<S/Family>'],
])('%j is %s', (value, expected) => {
  expect(come(value)).toBe(expected);
});

test.each([
  ['aws', 'amazonaws.com'], ['aws-us-gov', 'amazonaws.com'], ['aws-cn', 'amazonaws.com.cn'],
])('in the partition %s the suffix of URLs is %s', (partition, suffix) => {
  expect(come({ 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' }, { ...IRELAND, partition })).toBe(`${partition} ${suffix}`);
});

test('the suffix of URLs of an unknown partition is unknown', () => {
  expect(come({ Ref: 'AWS::URLSuffix' }, UNKNOWN_DEPLOYMENT)).toBe('<AWS::URLSuffix>');
});

describe('two values of which nothing is known may be equal, and may be not', () => {
  test.each<[string, unknown, unknown, boolean | 'unknown']>([
    ['imports of two names', { 'Fn::ImportValue': 'A' }, { 'Fn::ImportValue': 'B' }, 'unknown'],
    ['the same import', { 'Fn::ImportValue': 'A' }, { 'Fn::ImportValue': 'A' }, true],
    ['two conditional values', { 'Fn::If': ['Depends', 'a', 'b'] }, { 'Fn::If': ['Depends', 'c', 'a'] }, 'unknown'],
    ['two parameters', { Ref: 'Stage' }, { Ref: 'FromStore' }, 'unknown'],
    ['two long texts', { 'Fn::Sub': `${'a'.repeat(3000)}\${Stage}` }, { 'Fn::Sub': `${'b'.repeat(3000)}\${Stage}` }, 'unknown'],
    ['the Ref of a resource that may be an ARN', { Ref: 'Machine' }, 'arn:aws:states:eu-west-1:111122223333:stateMachine:M', 'unknown'],
    ['the Ref of a custom resource', { Ref: 'Other' }, 'arn:aws:states:eu-west-1:111122223333:stateMachine:M', 'unknown'],
    ['the Ref of what Amazon EC2 makes is no ARN', { Ref: 'Volume' }, 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1', false],
  ])('%s', (_, left, right, expected) => {
    const values = valuesIn();
    expect(equalText(values.text(left), values.text(right))).toBe(expected);
  });
});

test('a list of which one element may not be there has no known length', () => {
  expect(valuesIn().elements([{ 'Fn::If': ['Depends', 'a', NO_VALUE] }, 'b'])?.map(({ sure }) => sure)).toEqual([false, true]);
  expect(come({ 'Fn::Length': [{ 'Fn::If': ['Depends', 'a', NO_VALUE] }, 'b'] })).toMatch(/^<S\/Fn::Length/);
});
