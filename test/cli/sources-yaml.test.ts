import { join } from 'node:path';
import fc from 'fast-check';
import { stringify, ToStringOptions } from 'yaml';
import { readTemplateFile } from '../../src/cli/template-file';
import { YamlDocument } from '../../src/cli/yaml-document';
import { YamlValue } from '../../src/cli/yaml-value';
import { folderWith } from '../support/folder-with';

/** What stands under `X` in a template in YAML. */
function meaning(yaml: string): unknown {
  const folder = folderWith({ template: `Resources: {}\n${yaml.includes('\n') ? yaml : `X: ${yaml}`}` });
  return (readTemplateFile(join(folder, 'template')) as { X: unknown }).X;
}

describe('a short form is the function that it is short for', () => {
  test.each<[string, unknown]>([
    ['!Ref Key', { Ref: 'Key' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Key.Arn', { 'Fn::GetAtt': ['Key', 'Arn'] }],
    ['!GetAtt "Nested.Outputs.Key"', { 'Fn::GetAtt': ['Nested', 'Outputs.Key'] }],
    ['!GetAtt [Key, Arn]', { 'Fn::GetAtt': ['Key', 'Arn'] }],
    ['!GetAtt [Key, !Ref Name]', { 'Fn::GetAtt': ['Key', { Ref: 'Name' }] }],
    ['!Sub arn:${AWS::Partition}:s3:::${Bucket}', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}' }],
    ['!Sub ["${A}", {A: !Ref B}]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['X: !Sub |\n  one\n  ${Two}\n', { 'Fn::Sub': 'one\n${Two}\n' }],
    ['X: !Sub\n  - ${A}\n  - A: !GetAtt B.Arn', { 'Fn::Sub': ['${A}', { A: { 'Fn::GetAtt': ['B', 'Arn'] } }] }],
    ['!Join ["", [!Ref A, b]]', { 'Fn::Join': ['', [{ Ref: 'A' }, 'b']] }],
    ['!If [IsProd, !Ref A, !Ref "AWS::NoValue"]', { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
    ['!Equals [!Ref A, "true"]', { 'Fn::Equals': [{ Ref: 'A' }, 'true'] }],
    ['!And [!Not [!Condition A], !Or [!Condition B, !Condition C]]',
      { 'Fn::And': [{ 'Fn::Not': [{ Condition: 'A' }] }, { 'Fn::Or': [{ Condition: 'B' }, { Condition: 'C' }] }] }],
    ['!ImportValue Keys:Arn', { 'Fn::ImportValue': 'Keys:Arn' }],
    ['X: !ImportValue\n  Fn::Sub: "${A}-arn"', { 'Fn::ImportValue': { 'Fn::Sub': '${A}-arn' } }],
    ['!FindInMap [A, !Ref "AWS::Region", C]', { 'Fn::FindInMap': ['A', { Ref: 'AWS::Region' }, 'C'] }],
    ['!Select [0, !Split [",", !Ref A]]', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'A' }] }] }],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ['!Cidr [10.0.0.0/16, 6, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 6, 8] }],
    ["!GetAZs ''", { 'Fn::GetAZs': '' }],
    ['!Transform {Name: AWS::Include, Parameters: {Location: s3://a/b}}', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } } }],
    ['!Length [a, b]', { 'Fn::Length': ['a', 'b'] }],
    ['!ToJsonString {A: !Ref B}', { 'Fn::ToJsonString': { A: { Ref: 'B' } } }],
    ['!ForEach [A, [b], {}]', { 'Fn::ForEach': ['A', ['b'], {}] }],
    ['!GetStackOutput {StackName: Keys, OutputName: Arn}', { 'Fn::GetStackOutput': { StackName: 'Keys', OutputName: 'Arn' } }],
    ['!SomethingToCome x', { 'Fn::SomethingToCome': 'x' }],
    ['Fn::Sub: x\nX: 1', 1],
  ])('%j is %j', (yaml, expected) => {
    expect(meaning(yaml)).toEqual(expected);
  });
});

describe('a scalar means', () => {
  test.each<[string, unknown]>([
    ['2012-10-17', '2012-10-17'],
    ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
    ['012345678901', '012345678901'],
    ['012345670123', '012345670123'],
    ['111122223333', 111122223333],
    ['123456789012345678901', '123456789012345678901'],
    ['0', 0],
    ['-3', -3],
    ['1.5', 1.5],
    ['1.50', '1.50'],
    ['1e3', '1e3'],
    ['1_000', '1_000'],
    ['0x1F', '0x1F'],
    ['0o17', '0o17'],
    ['12:30:45', '12:30:45'],
    ['.inf', '.inf'],
    ['-0', '-0'],
    ['true', true],
    ['True', true],
    ['YES', true],
    ['on', true],
    ['no', false],
    ['Off', false],
    ['FALSE', false],
    ['tRUE', 'tRUE'],
    ['y', 'y'],
    ['n', 'n'],
    ['null', null],
    ['~', null],
    ['', null],
    ['"true"', 'true'],
    ["'1'", '1'],
    ['"2012-10-17"', '2012-10-17'],
    ['! 1', '1'],
    ['!!str 1', '1'],
    ['!!str true', 'true'],
    ['!!int "1"', 1],
    ['!!bool "yes"', true],
    ['!!null ""', null],
    ['kms:*', 'kms:*'],
    ['"\\u00e9\\x41\\n"', 'éA\n'],
    ["'it''s'", "it's"],
  ])('%s: %j', (yaml, expected) => {
    expect(meaning(yaml)).toEqual(expected);
  });
});

describe('a mapping', () => {
  test('has names as they are written', () => {
    expect(meaning('{012: a, yes: b, 1.50: c, "": d, 2012-10-17: e, ~x: f, !!str 7: g}')).toEqual({
      '012': 'a', 'yes': 'b', '1.50': 'c', '': 'd', '2012-10-17': 'e', '~x': 'f', '7': 'g',
    });
  });

  test('has the names that every object has', () => {
    const value = meaning('{__proto__: {polluted: 1}, constructor: {prototype: {polluted: 1}}, toString: x}') as object;
    expect(Object.entries(value)).toEqual([['__proto__', { polluted: 1 }], ['constructor', { prototype: { polluted: 1 } }], ['toString', 'x']]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as any).polluted).toBeUndefined();
  });

  test.each<[string, string, unknown]>([
    ['an alias stands for what has its anchor', 'A: &a {b: [c]}\nX: [*a, *a]', [{ b: ['c'] }, { b: ['c'] }]],
    ['an alias stands for the anchor before it', 'A: &a 1\nB: *a\nC: &a 2\nX: *a', 2],
    ['an alias can be a name', 'A: &a name\nX: {*a : 1}', { name: 1 }],
    ['what is merged goes after what is there', 'A: &a {b: 1, c: 2}\nX: {<<: *a, c: 3}', { b: 1, c: 3 }],
    ['the first of several goes before the others', 'X:\n  <<: [{b: 1}, {b: 2, c: 3}]', { b: 1, c: 3 }],
    ['in quotes << is a name', 'X:\n  "<<": {b: 1}', { '<<': { b: 1 } }],
    ['a short form can have an anchor', 'A: &a !Ref B\nX: [*a]', [{ Ref: 'B' }]],
  ])('%s', (_, yaml, expected) => {
    expect(meaning(yaml)).toEqual(expected);
  });
});

describe('a template may', () => {
  test.each<[string, string, unknown]>([
    ['begin with a document mark and end with one', '---\nX: 1\n...\n', 1],
    ['say its version of YAML', '%YAML 1.1\n---\nX: on\n', true],
    ['have comments and Windows line ends', '# one\r\nX: # two\r\n  - a\r\n', ['a']],
    ['have the line ends of other times', 'A: 1\rX: 2', 2],
    ['have text in quotes that goes on at the margin', "X: 'one\ntwo'\n", 'one two'],
    ['close brackets anywhere', 'X: [\na,\nb\n]\n', ['a', 'b']],
    ['have text of several lines', 'X: >-\n  one\n  two\n\n  three\n', 'one two\nthree'],
  ])('%s', (_, yaml, expected) => {
    const file = join(folderWith({ template: yaml.replace('X:', yaml.includes('\r') ? 'Resources: {}\rX:' : 'Resources: {}\nX:') }), 'template');
    expect(readTemplateFile(file)).toMatchObject({ X: expected });
  });
});

test('line breaks of YAML 1.1 end a comment', () => {
  for (const end of ['\u0085', '\u2028', '\u2029']) {
    expect(meaning(`# hidden${end}X: seen\n`)).toBe('seen');
  }
});

test('what JSON says, YAML says in every way to write it', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab01:-#&*!|>%@`\'"{}[], \\~.=é鍵') });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom('yes', 'No', '012', '2012-10-17', '1e3', '<<', '~', ''),
      fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(text, tie('value'), { maxKeys: 4 })),
  }));
  const styles = fc.constantFrom<ToStringOptions>({}, { collectionStyle: 'flow' }, { defaultStringType: 'QUOTE_SINGLE' }, { lineWidth: 0, indent: 4 });
  fc.assert(fc.property(value, styles, (json, style) => {
    const yaml = stringify({ X: json }, { version: '1.1', aliasDuplicateObjects: false, ...style });
    expect(new YamlValue(new YamlDocument(yaml, 'template')).read()).toEqual({ X: json });
  }), { numRuns: 1_000 });
});
