import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestedStack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { unseenParts } from '../../../src/access/unseen-parts';
import { folderWith } from '../../support/folder-with';
import { newApp, newStack } from '../../support/key-stack';

const NESTED_TWICE = ['Keys/Key/Resource', 'Keys/One/Key/Resource', 'Keys/One/Two/Key/Resource'];

/** Three keys of the same logical id: in a stack, in one nested in it, and in one nested in that. */
function nestedTwice(treeMetadata = false): string {
  const app = newApp({}, { treeMetadata });
  const stack = newStack(app, 'Keys');
  const one = new NestedStack(stack, 'One');
  [stack, one, new NestedStack(one, 'Two')].forEach((scope) => new kms.Key(scope, 'Key'));
  return app.synth().directory;
}

function json(folder: string, file: string): any {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

function change(folder: string, file: string, by: (content: any) => void): void {
  const content = json(folder, file);
  by(content);
  writeFileSync(join(folder, file), JSON.stringify(content));
}

function keyPaths(folder: string): (string | undefined)[] {
  return readAssembly(folder).flatMap(({ resources }) => [...resources.values()]).filter(({ type }) => type === 'AWS::KMS::Key').map(({ constructPath }) => constructPath);
}

describe('construct paths come from', () => {
  test('the metadata beside the template', () => {
    expect(keyPaths(nestedTwice())).toEqual(NESTED_TWICE);
  });

  test('the metadata in the manifest, where older versions of CDK write them', () => {
    const folder = nestedTwice();
    change(folder, 'manifest.json', ({ artifacts: { Keys } }) => {
      Keys.metadata = json(folder, Keys.additionalMetadataFile);
      delete Keys.additionalMetadataFile;
    });
    expect(keyPaths(folder)).toEqual(NESTED_TWICE);
  });

  test('the tree of constructs, where there are no metadata', () => {
    const folder = nestedTwice(true);
    change(folder, 'manifest.json', ({ artifacts: { Keys } }) => delete Keys.additionalMetadataFile);
    expect(keyPaths(folder)).toEqual(NESTED_TWICE);
  });

  test('nowhere, where there is neither', () => {
    const folder = nestedTwice();
    change(folder, 'manifest.json', ({ artifacts: { Keys } }) => delete Keys.additionalMetadataFile);
    expect(keyPaths(folder)).toEqual([undefined, undefined, undefined]);
  });
});

test.each(['1.10.0', '36.0.3', '999.0.0'])('version %s of the format is read', (version) => {
  const folder = nestedTwice();
  change(folder, 'manifest.json', (manifest) => {
    manifest.version = version;
    manifest.artifacts.Later = { type: 'cdk:something-later', properties: { unknown: true }, dependencies: ['NotThere'] };
  });
  expect(keyPaths(folder)).toEqual(NESTED_TWICE);
});

test('what the synthesizer gives for a parameter goes before its default', () => {
  const folder = nestedTwice();
  change(folder, 'Keys.template.json', (template) => {
    template.Parameters = { Team: { Type: 'String', Default: 'none' } };
  });
  change(folder, 'manifest.json', ({ artifacts: { Keys } }) => {
    Keys.properties.parameters = { Team: 'data', NotThere: 'x' };
  });
  expect([...readAssembly(folder)[0].parameters]).toEqual([['Team', { type: 'String', default: 'data' }]]);
});

describe('a nested stack', () => {
  function assembly(TemplateURL: unknown, metadata: object = {}): string {
    return folderWith({
      'manifest.json': {
        version: '36.0.0',
        artifacts: {
          Outer: { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile: 'Outer.template.json' } },
          Assets: { type: 'cdk:asset-manifest', properties: { file: 'Outer.assets.json' } },
        },
      },
      'Outer.template.json': { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL }, Metadata: metadata } } },
      'Outer.assets.json': {
        files: {
          abc: { source: { path: 'inner.json' }, destinations: { here: { objectKey: 'prefix/abc.json' } } },
          def: { source: { path: 'inner.yaml' }, destinations: { here: { objectKey: 'def.yaml' } } },
        },
      },
      'inner.json': { Resources: { Json: { Type: 'AWS::KMS::Key' } } },
      'inner.yaml': '{"Resources": {"Yaml": {"Type": "AWS::KMS::Key"}}}',
    });
  }

  const URL = { 'Fn::Sub': 'https://s3.${AWS::Region}.${AWS::URLSuffix}/bucket/prefix/abc.json' };

  test.each([
    ['the metadata of the resource', 'x', { 'aws:asset:path': 'inner.json', 'aws:asset:property': 'TemplateURL' }],
    ['the URL of the asset', URL, {}],
    ['the URL of the asset, where metadata tell of another property', URL, { 'aws:asset:path': 'other.json', 'aws:asset:property': 'Other' }],
  ])('is found by %s', (_, url, metadata) => {
    expect(readAssembly(assembly(url, metadata)).map(({ stackName, resources }) => [stackName, ...resources.keys()])).toEqual([['Outer', 'Inner'], ['Outer/Inner', 'Json']]);
  });

  test('that is not in the assembly, or in YAML that nobody reads, is a part that is not seen', () => {
    for (const url of ['https://s3.amazonaws.com/bucket/elsewhere.json', { Ref: 'Url' }, 'https://s3.amazonaws.com/bucket/def.yaml']) {
      expect(unseenParts(new AccessModel(readAssembly(assembly(url))))).toEqual([{ stack: 'Outer', by: 'Inner' }]);
    }
  });

  test('in YAML is read by what reads YAML', () => {
    const files: string[] = [];
    const folder = assembly('https://s3.amazonaws.com/bucket/def.yaml');
    const templates = readAssembly(folder, {}, (file) => {
      files.push(file);
      return { Resources: { Yaml: { Type: 'AWS::KMS::Key' } } };
    });
    expect(files).toEqual([join(folder, 'inner.yaml')]);
    expect(templates[1].resources.has('Yaml')).toBe(true);
  });
});
