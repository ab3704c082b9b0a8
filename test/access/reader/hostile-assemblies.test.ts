import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { folderWith } from '../../support/folder-with';

const STACK = { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile: 'S.template.json' } };
const INNER = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Inner' } };

function manifest(artifacts: unknown): object {
  return { version: '36.0.0', artifacts };
}

/** A stack nested in another by the path of its file. */
function nesting(...files: string[]): object {
  return {
    Resources: Object.fromEntries(files.map((file, i) => [`N${i}`, {
      Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': file, 'aws:asset:property': 'TemplateURL' },
    }])),
  };
}

/** What is said of an assembly, its folder left out. */
function refusal(files: Record<string, unknown>): string {
  const folder = folderWith(files);
  try {
    return `it is read: ${readAssembly(folder).length}`;
  } catch (error) {
    return (error as Error).message.split(folder).join('.');
  }
}

describe('fails for', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a folder without a manifest', {},
      "UnreadableFile: this file cannot be read: there is no such file, given: './manifest.json'; write the path of a file of text that you may read"],
    ['a truncated manifest', { 'manifest.json': '{"version": "36.0.0",\n "artifacts": {"S"' },
      "InvalidJson: this file is no JSON (line 2, column 19: it ends here, too early), given: './manifest.json'; correct it"],
    ['a manifest that is a list', { 'manifest.json': [] },
      "InvalidAssembly: the manifest of a cloud assembly has no version, given: './manifest.json'; synthesize the app again: cdk synth --output '.'"],
    ['a stack without an environment', { 'manifest.json': manifest({ S: { ...STACK, environment: 7 } }) },
      "InvalidAssembly: the manifest of a cloud assembly does not say the environment of S, given: './manifest.json'; synthesize the app again: cdk synth --output '.'"],
    ['a stack without a template', { 'manifest.json': manifest({ S: { ...STACK, properties: [] } }) },
      "InvalidAssembly: the manifest of a cloud assembly does not say the templateFile of S, given: './manifest.json'; synthesize the app again: cdk synth --output '.'"],
    ['a template that is not there', { 'manifest.json': manifest({ S: STACK }) },
      "UnreadableFile: this file cannot be read: there is no such file, given: './S.template.json'; write the path of a file of text that you may read"],
    ['a template that is a text', { 'manifest.json': manifest({ S: STACK }), 'S.template.json': '"x"' },
      "InvalidAssembly: this cloud assembly has ./S.template.json, which is no template, given: '.'; write the folder that cdk synth has made"],
    ['a Stage that is not there', { 'manifest.json': manifest({ INNER }) },
      "UnreadableFile: this file cannot be read: there is no such file, given: './assembly-Inner/manifest.json'; write the path of a file of text that you may read"],
    ['a Stage inside of itself', { 'manifest.json': manifest({ A: { ...INNER, properties: { directoryName: '.' } } }) },
      "InvalidAssembly: the manifest of a cloud assembly is named twice in its assembly, given: './manifest.json'; synthesize the app again: cdk synth --output '.'"],
    ['a stack nested in itself', { 'manifest.json': manifest({ S: STACK }), 'S.template.json': nesting('S.template.json') },
      "InvalidAssembly: this cloud assembly nests ./S.template.json in itself, given: '.'; write the folder that cdk synth has made"],
    ['stacks that nest two each, twenty deep', {
      'manifest.json': manifest({ S: STACK }),
      'S.template.json': nesting('0.json', '0.json'),
      ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.json`, nesting(`${i + 1}.json`, `${i + 1}.json`)])),
      '20.json': {},
    }, "InvalidAssembly: this cloud assembly has more than 20000 stacks, or more than 1000000 resources, given: '.'; write the folder that cdk synth has made"],
  ])('%s', (_, files, message) => {
    expect(refusal(files)).toBe(message);
  });

  test('folders that lead back by links', () => {
    const folder = folderWith({ 'manifest.json': manifest({ INNER }) });
    symlinkSync(folder, join(folder, 'assembly-Inner'));
    expect(() => readAssembly(folder)).toThrow('is named twice in its assembly');
  });
});

test.each<[string, Record<string, unknown>, number]>([
  ['without artifacts', { 'manifest.json': { version: '36.0.0' } }, 0],
  ['with artifacts of no form', { 'manifest.json': manifest({ A: null, B: 7, C: [], D: { type: 4 } }) }, 0],
  ['with metadata, assets and a tree of no form', {
    'manifest.json': manifest({
      S: { ...STACK, metadata: { '/S/A': 7, '/S/B': [null, { type: 'aws:cdk:logicalId', data: 7 }] } },
      A: { type: 'cdk:asset-manifest', properties: { file: 'a.json' } },
      T: { type: 'cdk:tree', properties: { file: 't.json' } },
    }),
    'S.template.json': { Resources: { A: 7, N: { Type: 'AWS::CloudFormation::Stack', Properties: [] } } },
    'a.json': { files: { x: 7, y: { source: [], destinations: { z: null } } } },
    't.json': { tree: { children: [7, null], path: 7 } },
  }, 1],
  ['with names that every object has', {
    'manifest.json': `{"version": "36.0.0", "artifacts": {"__proto__": ${JSON.stringify(STACK)}, "constructor": ${JSON.stringify(STACK)}}}`,
    'S.template.json': '{"Resources": {"__proto__": {"Type": "AWS::KMS::Key"}, "constructor": {"Type": "AWS::KMS::Key"}}}',
  }, 2],
  ['with a template and a tree of 100,000 levels', {
    'manifest.json': manifest({ S: STACK, T: { type: 'cdk:tree', properties: { file: 't.json' } } }),
    'S.template.json': `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}}}`,
    't.json': `{"tree": ${'{"children": {"x": '.repeat(100_000)}{}${'}}'.repeat(100_000)}}`,
  }, 1],
])('an assembly %s is read', (_, files, templates) => {
  expect(refusal(files)).toBe(`it is read: ${templates}`);
  expect(({} as any).Type).toBeUndefined();
});
