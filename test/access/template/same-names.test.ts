import { AppValues } from '../../../src/access/template/app-values';
import { UNKNOWN_DEPLOYMENT } from '../../../src/access/template/deployment-unknowns';
import { Deployment, readTemplate, Template } from '../../../src/access/template/template';
import { readable } from '../../../src/access/text/text';

const A = '111122223333';
const B = '444455556666';
const OTHER = { account: '777788889999', region: 'eu-west-1', partition: 'aws' };
const at = (account: string, region = 'eu-west-1'): Deployment => ({ account, region, partition: 'aws' });

/** A stack with a key, which it publishes in every way there is. */
function keys(deployment: Deployment, output: object = {}, stackName = 'Keys'): Template {
  return readTemplate(stackName, deployment, {
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] }, Sometimes: { 'Fn::Equals': [{ Ref: 'Stage' }, 'b'] } },
    Parameters: { Stage: { Type: 'String' } },
    Resources: {
      Key: { Type: 'AWS::KMS::Key' },
      Writer: { Type: 'Custom::CrossRegionExportWriter', Properties: { WriterProps: { region: 'us-east-1', exports: { '/key': { 'Fn::GetAtt': ['Key', 'Arn'] } } } } },
    },
    Outputs: { Key: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'KeyArn' }, ...output } },
  });
}

/** What a value comes to in a stack beside others. */
function valueIn(deployment: Deployment, value: unknown, ...others: Template[]): string {
  const user = readTemplate('User', deployment, { Resources: { Reader: { Type: 'Custom::CrossRegionExportReader' } }, Outputs: { X: { Value: value } } });
  return readable(new AppValues([...others, user]).of(user).text(user.outputs.get('X')!.value));
}

describe('of stacks of one name', () => {
  const IMPORT = { 'Fn::ImportValue': 'KeyArn' };
  const output = (further: object = {}) => ({ 'Fn::GetStackOutput': { StackName: 'Keys', OutputName: 'Key', ...further } });
  const READER = { 'Fn::GetAtt': ['Reader', '/key'] };
  const both = [keys(at(A)), keys(at(B)), keys(at(A, 'eu-central-1'))];

  test.each<[string, Deployment, unknown, string]>([
    ['an import takes that of its own account and Region', at(B), IMPORT, `arn:aws:kms:eu-west-1:${B}:key/<Keys@${B}/eu-west-1/Key>`],
    ['an output is that of its own account and Region', at(A), output(), `arn:aws:kms:eu-west-1:${A}:key/<Keys@${A}/eu-west-1/Key>`],
    ['an output is that of the Region that it names', at(A), output({ Region: 'eu-central-1' }), `arn:aws:kms:eu-central-1:${A}:key/<Keys@${A}/eu-central-1/Key>`],
    ['an output is that of the account of the role', at(A), output({ RoleArn: `arn:aws:iam::${B}:role/Reader` }), `arn:aws:kms:eu-west-1:${B}:key/<Keys@${B}/eu-west-1/Key>`],
    ['nothing is imported into a third account', OTHER, IMPORT, '<User/Fn::ImportValue KeyArn>'],
    ['what a writer keeps in another Region is read in its account', at(B, 'us-east-1'), READER, `arn:aws:kms:eu-west-1:${B}:key/<Keys@${B}/eu-west-1/Key>`],
    ['it is not read where it is not kept', at(B, 'eu-central-1'), READER, '<User/Reader./key>'],
  ])('%s', (_, deployment, value, expected) => {
    expect(valueIn(deployment, value, ...both)).toBe(expected);
  });

  test('nobody knows which is meant where both are of the same account and Region', () => {
    expect(valueIn(at(A), IMPORT, keys(at(A)), keys(at(A)))).toBe('<User/Fn::ImportValue KeyArn>');
  });

  test('the one that surely is there is meant before one that may be', () => {
    expect(valueIn(at(A), IMPORT, keys(UNKNOWN_DEPLOYMENT), keys(at(A)))).toBe(`arn:aws:kms:eu-west-1:${A}:key/<Keys@${A}/eu-west-1/Key>`);
  });

  test('no two keys have the same id', () => {
    const templates = [...both, keys(at(A)), keys(UNKNOWN_DEPLOYMENT), keys(UNKNOWN_DEPLOYMENT)];
    const app = new AppValues(templates);
    expect(new Set(templates.map((template) => app.of(template).text({ Ref: 'Key' }))).size).toBe(templates.length);
  });
});

test.each([
  ['Never', '<User/Fn::ImportValue KeyArn>'],
  ['Sometimes', `arn:aws:kms:eu-west-1:${A}:key/<Keys/Key>`],
])('an output under the condition %s is %s', (Condition, expected) => {
  expect(valueIn(at(A), { 'Fn::ImportValue': 'KeyArn' }, keys(at(A), { Condition }))).toBe(expected);
});

test.each([0, 1])('an export is found under a name that another template says, whichever comes first', (first) => {
  const prefix = readTemplate('Prefix', at(A), { Outputs: { Name: { Value: 'team' } } });
  const exporter = keys(at(A), { Export: { Name: { 'Fn::Sub': ['${P}-key', { P: { 'Fn::GetStackOutput': { StackName: 'Prefix', OutputName: 'Name' } } }] } } });
  const others = [prefix, exporter];
  expect(valueIn(at(A), { 'Fn::ImportValue': 'team-key' }, others[first], others[1 - first])).toBe(`arn:aws:kms:eu-west-1:${A}:key/<Keys/Key>`);
});

describe('in a nested stack', () => {
  function nested(value: unknown, Parameters: object, given: object): string {
    const outer = readTemplate('Outer', at(A), { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: given } } } });
    const inner: Template = { ...readTemplate('Outer/Nested', at(A), { Parameters, Resources: { Key: { Type: 'AWS::KMS::Key' } } }), nestedIn: { template: outer, logicalId: 'Nested' } };
    // Another stack around another nested one of the same name says something else.
    const twin = readTemplate('Outer', at(B), { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: 'twin' } } } } });
    return readable(new AppValues([twin, outer, inner]).of(inner).text(value));
  }

  test.each<[string, object, object, string]>([
    ['what the stack around it gives', { P: { Type: 'String', Default: 'default' } }, { P: 'given' }, 'given'],
    ['its default where nothing is given', { P: { Type: 'String', Default: 'default' } }, {}, 'default'],
    ['unknown where the stack around it does not know', { P: { Type: 'String', Default: 'default' } }, { P: { 'Fn::GetAtt': ['Nested', 'Arn'] } }, `<Outer@${A}/eu-west-1/Nested.Arn>`],
  ])('a parameter is %s', (_, parameters, given, expected) => {
    expect(nested({ Ref: 'P' }, parameters, given)).toBe(expected);
  });

  test('a list is given with commas', () => {
    expect(nested({ 'Fn::Select': [1, { Ref: 'P' }] }, { P: { Type: 'CommaDelimitedList' } }, { P: { 'Fn::Join': [',', ['a', 'b']] } })).toBe('b');
  });

  test('the name of the stack is known at deployment only, and a key has an id of its own', () => {
    expect(nested({ 'Fn::Sub': '${AWS::StackName} ${Key}' }, {}, {})).toBe('<Outer/Nested> <Outer/Nested/Key>');
  });
});
