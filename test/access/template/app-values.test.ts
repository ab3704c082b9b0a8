import { AppValues } from '../../../src/access/template/app-values';
import { UNKNOWN_DEPLOYMENT } from '../../../src/access/template/deployment-unknowns';
import { Deployment, readTemplate, Template } from '../../../src/access/template/template';
import { equalText, readable } from '../../../src/access/text/text';
import { Truth } from '../../../src/access/text/truth';

const IRELAND: Deployment = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
const FRANKFURT: Deployment = { ...IRELAND, region: 'eu-central-1' };

function outputOf(templates: Template[], name = 'X'): string {
  const app = new AppValues(templates);
  return readable(app.of(templates[0]).text(templates[0].outputs.get(name)?.value));
}

function stack(name: string, body: object, deployment = IRELAND): Template {
  return readTemplate(name, deployment, body);
}

const RESOURCES = {
  Key: { Type: 'AWS::KMS::Key' },
  Family: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true } },
  Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1' } },
  Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/team/' } },
  Named: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'App' } },
  ARoleWithALogicalIdThatLeavesNoRoomForTheNameOfTheStack1234: { Type: 'AWS::IAM::Role' },
  Bucket: { Type: 'AWS::S3::Bucket' },
  Queue: { Type: 'AWS::SQS::Queue' },
  Volume: { Type: 'AWS::EC2::Volume' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'token' } },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/data' } },
};

test.each([
  [{ 'Fn::GetAtt': ['Key', 'Arn'] }, 'arn:aws:kms:eu-west-1:111122223333:key/<Keys/Key>'],
  [{ Ref: 'Family' }, 'mrk-<Keys/Family>'],
  [{ 'Fn::GetAtt': 'Replica.Arn' }, 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1'],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/team/Keys-Role-<Keys/Role>'],
  [{ 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:iam::111122223333:role/App'],
  [{ Ref: 'ARoleWithALogicalIdThatLeavesNoRoomForTheNameOfTheStack1234' }, '<Keys/ARoleWithALogicalIdThatLeavesNoRoomForTheNameOfTheStack1234>'],
  [{ 'Fn::Sub': '${Bucket.Arn}/*' }, 'arn:aws:s3:::keys-bucket-<Keys/Bucket>/*'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:111122223333:Keys-Queue-<Keys/Queue>'],
  [{ Ref: 'Volume' }, '<Keys/Volume>'],
  [{ Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:111122223333:Keys-Topic-<Keys/Topic>'],
  [{ Ref: 'Secret' }, 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-<Keys/Secret>'],
  [{ Ref: 'Alias' }, 'alias/data'],
  [{ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Key', 'Arn'] }] }] }, 'key/<Keys/Key>'],
])('%j is %s', (value, expected) => {
  expect(outputOf([stack('Keys', { Resources: RESOURCES, Outputs: { X: { Value: value } } })])).toBe(expected);
});

describe('a value of another stack is that of its resource', () => {
  const keys = stack('Keys', {
    Resources: RESOURCES,
    Outputs: { Key: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-Key' } } } },
  });

  test.each([
    ['Fn::ImportValue', { 'Fn::ImportValue': 'Keys-Key' }],
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'Keys', Region: 'eu-west-1', OutputName: 'Key' } }],
  ])('%s', (_, value) => {
    expect(outputOf([stack('App', { Outputs: { X: { Value: value } } }), keys])).toBe('arn:aws:kms:eu-west-1:111122223333:key/<Keys/Key>');
  });

  test('an export of another Region is not imported', () => {
    expect(outputOf([stack('App', { Outputs: { X: { Value: { 'Fn::ImportValue': 'Keys-Key' } } } }, FRANKFURT), keys])).toBe('<App/Fn::ImportValue Keys-Key>');
  });

  test('the references of CDK across Regions are followed', () => {
    const name = '/cdk/exports/App/KeyArn';
    const writer = stack('Keys', {
      Resources: { ...RESOURCES, Writer: { Type: 'Custom::CrossRegionExportWriter', Properties: { WriterProps: { exports: { [name]: { 'Fn::GetAtt': ['Key', 'Arn'] } } } } } },
    });
    const reader = stack('App', {
      Resources: { Reader: { Type: 'Custom::CrossRegionExportReader' } },
      Outputs: { X: { Value: { 'Fn::GetAtt': ['Reader', name] } } },
    }, FRANKFURT);
    expect(outputOf([reader, writer])).toBe('arn:aws:kms:eu-west-1:111122223333:key/<Keys/Key>');
  });

  test('a nested stack takes parameters and gives outputs', () => {
    const outer = stack('Outer', {
      Resources: { ...RESOURCES, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { KeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } } } } },
      Outputs: { X: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Same'] } } },
    });
    const nested: Template = {
      ...stack('Inner', {
        Parameters: { KeyArn: { Type: 'String' } },
        Outputs: { Same: { Value: { Ref: 'KeyArn' } } },
      }),
      nestedIn: { template: outer, logicalId: 'Nested' },
    };
    expect(outputOf([outer, nested])).toBe('arn:aws:kms:eu-west-1:111122223333:key/<Outer/Key>');
  });
});

describe('what nobody can resolve stays unknown', () => {
  test('a stack without an environment has the same unknown account as every other', () => {
    const app = [stack('A', { Outputs: { X: { Value: { Ref: 'AWS::AccountId' } } } }, UNKNOWN_DEPLOYMENT)];
    expect(outputOf(app)).toBe('<AWS::AccountId>');
  });

  test('a reference that comes back to itself', () => {
    const circle = { 'Fn::ImportValue': 'A' };
    expect(outputOf([stack('A', { Outputs: { X: { Value: circle, Export: { Name: 'A' } } } })])).toBe('<A/Fn::ImportValue A>');
  });

  test('a text that doubles with every output', () => {
    const outputs = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`X${i}`, {
      Value: i === 0 ? 'x' : { 'Fn::Join': ['', [{ 'Fn::ImportValue': `E${i - 1}` }, { 'Fn::ImportValue': `E${i - 1}` }]] },
      Export: { Name: `E${i}` },
    }]));
    expect(outputOf([stack('A', { Outputs: outputs })], 'X59').length).toBeLessThan(2048);
  });

  test('nesting of any depth', () => {
    let value: unknown = 'x';
    for (let i = 0; i < 100_000; i++) {
      value = { 'Fn::Join': ['', [value]] };
    }
    expect(outputOf([stack('A', { Outputs: { X: { Value: value } } })])).toBe('<A/Fn::Join #1>');
  });

  test('names that every object has', () => {
    const body = JSON.parse('{"Outputs": {"X": {"Value": {"Ref": "__proto__"}}}, "Resources": {"__proto__": {"Type": "AWS::KMS::Key"}}}') as object;
    expect(outputOf([stack('A', body)])).toBe('<A/__proto__>');
  });
});

describe('what nobody can resolve', () => {
  const both = (left: unknown, right: unknown) => {
    const values = new AppValues([stack('S', {}, UNKNOWN_DEPLOYMENT)]);
    const [template] = values.templates;
    return equalText(values.of(template).text(left), values.of(template).text(right));
  };

  test.each<[what: string, left: unknown, right: unknown, equal: Truth]>([
    ['an import is the same as itself', { 'Fn::ImportValue': 'A' }, { 'Fn::ImportValue': 'A' }, true],
    ['another import need not be the same', { 'Fn::ImportValue': 'A' }, { 'Fn::ImportValue': 'B' }, 'unknown'],
    ['nor does what a function makes of other lists', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'unknown'],
    ['nor an object that is no value', { a: 1 }, { a: 2 }, 'unknown'],
  ])('%s', (_, left, right, equal) => {
    expect(both(left, right)).toBe(equal);
  });

  test('AWS::URLSuffix is named', () => {
    const values = new AppValues([stack('S', {}, UNKNOWN_DEPLOYMENT)]);
    expect(readable(values.of(values.templates[0]).text({ 'Fn::Sub': 'logs.${AWS::Region}.${AWS::URLSuffix}' }))).toBe('logs.<AWS::Region>.<AWS::URLSuffix>');
  });
});
