import { join } from 'node:path';
import { AccessModel } from '../../src/access/access-model';
import { readSources } from '../../src/cli/sources';
import { folderWith } from '../support/folder-with';

/** What is said of a file: how many resources it has, or why it is refused. */
function said(content: string | Buffer): string {
  const folder = folderWith({ template: content });
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  try {
    const templates = readSources([join(folder, 'template')]);
    return `${new AccessModel(templates).keys.length} keys, ${templates[0].resources.size} resources`;
  } catch (error) {
    return `${(error as Error).name} ${(error as Error).message.split(folder).join('.')}`;
  } finally {
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
  }
}

const yaml = (place: string, problem: string) => `KmsPatternsError InvalidYaml: this file is no template in YAML (${place}: ${problem}), given: './template'; correct it`;
const json = (place: string, problem: string) => `KmsPatternsError InvalidJson: this file is no JSON (${place}: ${problem}), given: './template'; correct it`;
const form = (problem: string) => `KmsPatternsError InvalidTemplate: this file is no CloudFormation template: ${problem}, given: './template'; write the path of a template with Resources`;

describe('fails, in one sentence, for', () => {
  test.each([
    ['nothing', '', form('it is empty')],
    ['white space', ' \n\t\n', form('it is empty')],
    ['a comment', '# nothing\n', form('it is empty')],
    ['a document mark', '---\n', form('it is empty')],
    ['null', 'null', form('it is empty')],
    ['a list in JSON', '[]', form('it is a list')],
    ['a list in YAML', '- a\n', form('it is a list')],
    ['a text', 'hello\n', form('it is a text')],
    ['a text in quotes', '"Resources"', form('it is a text')],
    ['a number', '42', form('it is a number')],
    ['a boolean', 'yes', form('it is a boolean')],
    ['no Resources', 'Outputs: {}\n', form('it has no Resources')],
    ['Resources in lower case', '{"resources": {}}', form('it has no Resources')],
    ['Resources that are a list', 'Resources: [a]\n', form('its Resources are no mapping')],
    ['Resources that are null', '{"Resources": null}', form('its Resources are no mapping')],
    ['Resources that every object has', '{"__proto__": {"Resources": {}}}', form('it has no Resources')],
  ])('a file that is no template: %s', (_, content, message) => {
    expect(said(content)).toBe(message);
  });

  test.each([
    ['truncated JSON', '{"Resources": {\n "Key": {"Type": "AWS::K', json('line 2, column 25', 'it ends here, too early')],
    ['a comma too many', '{"Resources": {},\n}', json('line 2, column 1', '"}" is not expected here')],
    ['a comment in JSON', '{ // keys\n"Resources": {}}', json('line 1, column 3', '"/" is not expected here')],
    ['two objects', '{"Resources": {}}{}', json('line 1, column 18', '"{" is not expected here')],
    ['100,000 open brackets', `{"Resources": ${'['.repeat(100_000)}`, json('line 1, column 100015', 'it ends here, too early')],
  ])('%s', (_, content, message) => {
    expect(said(content)).toBe(message);
  });

  test.each([
    ['truncated YAML', 'Resources:\n  Key: {Type: "AWS::K', yaml('line 2, column 22', 'Missing closing "quote')],
    ['a tab as indentation', 'Resources:\n\tKey: {}\n', yaml('line 2, column 1', 'Tabs are not allowed as indentation')],
    ['a bracket that nobody opened', 'Resources: {}\nA: ]\n', yaml('line 2, column 4', 'Unexpected flow-seq-end token in YAML stream')],
    ['two documents', 'Resources: {}\n---\nResources: {}\n', yaml('line 2, column 1', 'a second document begins')],
    ['a name twice', 'Resources:\n  Key: {}\n  Role: {}\n  Key: {}\n', yaml('line 4, column 3', "'Key' is given twice")],
    ['a name twice, in quotes', 'Resources: {Key: 1, "Key": 2}', yaml('line 1, column 21', "'Key' is given twice")],
    ['a merge twice', 'Resources: {<<: {}, <<: {}}', yaml('line 1, column 21', "'<<' is given twice")],
    ['a merge of a text', 'Resources:\n  <<: x\n', yaml('line 2, column 3', '<< takes a mapping, or a list of them')],
    ['a name that is a list', 'Resources:\n  ? [a]\n  : b\n', yaml('line 2, column 5', 'this name is no text')],
    ['a name that is a function', 'Resources:\n  !Ref A: b\n', yaml('line 2, column 8', 'this name is no text')],
    ['a name that is missing', 'Resources:\n  : b\n', yaml('line 2, column 3', 'this name is no text')],
    ['a tag of another language', 'A: !!python/object:os.system x\nResources: {}\n', yaml('line 1, column 30', "the tag tag:yaml.org,2002:python/object:os.system is none of CloudFormation's")],
    ['bytes', 'Resources: !!binary aGk=\n', yaml('line 1, column 21', "the tag tag:yaml.org,2002:binary is none of CloudFormation's")],
    ['a tag of another tool', 'Resources: !include x.yaml\n', yaml('line 1, column 21', "the tag !include is none of CloudFormation's")],
    ['an anchor that is not there', 'Resources: *a\n', yaml('line 1, column 12', '*a stands before its anchor')],
    ['an alias before its anchor', 'Resources:\n  A: *b\n  B: &b {}\n', yaml('line 2, column 6', '*b stands before its anchor')],
    ['an alias in what it stands for', 'Resources: &a {b: {c: *a}}', yaml('line 1, column 23', '*a stands in what it stands for')],
    ['100,000 brackets', `Resources: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, yaml('line 1, column 211', 'it is nested more than 200 levels deep')],
    ['100,000 lists in a line', `Resources:\n  ${'- '.repeat(100_000)}x`, yaml('line 2, column 400', 'it is nested more than 200 levels deep')],
    ['100,000 names without an end', `Resources: ${'{a: '.repeat(100_000)}`, yaml('line 1, column 805', 'it is nested more than 200 levels deep')],
    ['a million laughs', laughs(), yaml('line 7, column 10', 'aliases stand for more than 1048576 values')],
    ['aliases that stand for aliases 2,000 deep', chain(2_000), yaml('line 1025, column 16', 'aliases stand for more than 1048576 values')],
    ['a million quotes', `Resources: {}\nA: ${'"'.repeat(1_000_000)}`, yaml('line 2, column 6', 'Unexpected double-quoted-scalar at node end')],
    ['a million brackets that nobody opened', `Resources: {}\nA: ${']'.repeat(1_000_000)}`, yaml('line 2, column 4', 'Unexpected flow-seq-end token in YAML stream')],
    ['a message of any length', `Resources: {}\nA: !${'x'.repeat(10_000)} b`, yaml('line 2, column 10006', `the tag !${'x'.repeat(191)}`)],
    ['3 MiB of YAML', `Resources: {}\nA: ${'x'.repeat(3 * 2 ** 20)}`,
      "KmsPatternsError InvalidYaml: a template in YAML is at most 2 MiB large, given: './template'; write it as JSON"],
  ])('%s', (_, content, message) => {
    expect(said(content)).toBe(message);
  });

  test('a folder instead of a template, and a template instead of a folder', () => {
    const folder = folderWith({ 'template.json': { Resources: {} }, 'inner/x': '' });
    expect(() => readSources([join(folder, 'inner')])).toThrow('it has no manifest.json');
    expect(() => readSources([join(folder, 'template.json/manifest.json')])).toThrow('there is no such file');
  });
});

describe('it reads', () => {
  const KEYS = '"__proto__": {"Type": "AWS::KMS::Key"}, "constructor": {"Type": "AWS::KMS::Key"}, "toString": {"Type": "AWS::KMS::Key"}';

  test.each<[string, string | Buffer, string]>([
    ['names that every object has, in JSON', `{"Resources": {${KEYS}}, "__proto__": {"polluted": true}}`, '3 keys, 3 resources'],
    ['names that every object has, in YAML', `Resources: {${KEYS}}\n__proto__: {polluted: true}\n`, '3 keys, 3 resources'],
    ['UTF-16', Buffer.from('\uFEFFResources: {Key: {Type: AWS::KMS::Key}}', 'utf16le').swap16(), '1 keys, 1 resources'],
    ['JSON of 100,000 levels', `{"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}}}`, '1 keys, 1 resources'],
    ['resources of no form', '{"Resources": {"A": 7, "B": null, "C": [], "D": {"Type": 7}, "E": {"Type": "x", "Properties": "y"}}}', '0 keys, 1 resources'],
    ['a thousand aliases of one policy', `A: &a {b: c}\nResources:\n${Array.from({ length: 1_000 }, (_, i) => `  K${i}: {Type: AWS::KMS::Key, Properties: *a}\n`).join('')}`, '1000 keys, 1000 resources'],
  ])('%s', (_, content, expected) => {
    expect(said(content)).toBe(expected);
  });

  test('50 MB of JSON in seconds', () => {
    const body = `{"Resources": {${Array.from({ length: 160_000 }, (_, i) => `"T${i}": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "${'x'.repeat(260)}"}}`).join()}}}`;
    expect(body.length).toBeGreaterThan(50_000_000);
    const folder = folderWith({ template: body });
    const start = performance.now();
    expect(readSources([join(folder, 'template')])[0].resources.size).toBe(160_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

/** Nine aliases of nine aliases of nine… */
function laughs(): string {
  const lines = Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => i === 0 ? 'x' : `*a${i - 1}`).join()}]`);
  return [...lines, 'Resources: {}'].join('\n');
}

function chain(length: number): string {
  return [...Array.from({ length }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}`}]`), 'Resources: {}'].join('\n');
}
