import { readable } from '../../src/access/text/text';
import { readSources } from '../../src/cli/sources';
import { folderWith } from '../support/folder-with';

const KEY = { Resources: { Key: { Type: 'AWS::KMS::Key' } } };
const STACK = { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'Stack.template.json' } };

const folder = folderWith({
  'app.template.json': KEY,
  'app.yaml': 'Resources:\n  Key:\n    Type: AWS::KMS::Key\n',
  'app.YML': KEY,
  'app.template': KEY,
  'app.template.yaml': KEY,
  'app.txt': KEY,
  '.json': KEY,
  'a=b@c.json': KEY,
  'Name=x@111122223333': KEY,
  'x': KEY,
  'dir@1/a=b/x.json': KEY,
  'cdk.out/manifest.json': { version: '36.0.0', artifacts: { Stack: STACK, Known: { ...STACK, environment: 'aws://444455556666/cn-north-1' } } },
  'cdk.out/Stack.template.json': KEY,
  'empty/readme.txt': '',
});

function read(source: string, defaults?: { account?: string; region?: string }): string[] {
  const [, name = '', path] = /^(\w+=)?(.*)$/.exec(source)!;
  return readSources([`${name}${folder}/${path}`], defaults).map(({ stackName, deployment: { account, region, partition } }) =>
    readable([stackName, account, region, partition].join(' ')));
}

describe('a template', () => {
  test.each([
    ['app.template.json', 'app'],
    ['app.yaml', 'app'],
    ['app.YML', 'app'],
    ['app.template', 'app'],
    ['app.template.yaml', 'app'],
    ['app.txt', 'app.txt'],
    ['.json', '.json'],
    ['Keys=app.yaml', 'Keys'],
  ])('%s is the stack %s', (source, stackName) => {
    expect(read(source)).toEqual([`${stackName} <AWS::AccountId> <AWS::Region> <AWS::Partition>`]);
  });

  test.each([
    ['app.yaml@111122223333/eu-west-1', '111122223333 eu-west-1 aws'],
    ['app.yaml@111122223333', '111122223333 <AWS::Region> <AWS::Partition>'],
    ['app.yaml@/us-gov-west-1', '<AWS::AccountId> us-gov-west-1 aws-us-gov'],
  ])('%s is deployed into %s', (source, deployment) => {
    expect(read(source)).toEqual([`app ${deployment}`]);
  });

  test('is deployed where the defaults say, as far as it does not say it', () => {
    const defaults = { account: '444455556666', region: 'cn-north-1' };
    expect(['app.yaml', 'app.yaml@111122223333', 'app.yaml@/eu-west-1'].map((source) => read(source, defaults)[0])).toEqual([
      'app 444455556666 cn-north-1 aws-cn',
      'app 111122223333 cn-north-1 aws-cn',
      'app 444455556666 eu-west-1 aws',
    ]);
  });

  test.each([
    ['a=b@c.json', 'a=b@c'],
    ['Other=a=b@c.json', 'Other'],
    ['Name=x@111122223333', 'Name=x@111122223333'],
    ['Other=x@111122223333', 'Other'],
    ['dir@1/a=b/x.json', 'x'],
    ['Other=dir@1/a=b/x.json@/eu-west-1', 'Other'],
  ])('whose path holds = or @ is read: %s is the stack %s', (source, stackName) => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(readSources([source]).map((template) => template.stackName)).toEqual([stackName]);
    } finally {
      process.chdir(here);
    }
  });
});

test('the stacks of a cloud assembly have their names, and their environments before the defaults', () => {
  expect(read('cdk.out@111122223333/eu-west-1')).toEqual(['Stack 111122223333 eu-west-1 aws', 'Known 444455556666 cn-north-1 aws-cn']);
});

test('sources are read in their order, each as often as it is given', () => {
  const sources = ['B=app.yaml', 'cdk.out', 'A=app.yaml', 'B=app.yaml'].map((source) => source.replace(/^(\w=)?/, `$1${folder}/`));
  expect(readSources(sources).map(({ stackName }) => stackName)).toEqual(['B', 'Stack', 'Known', 'A', 'B']);
  expect(readSources([])).toEqual([]);
});

describe('fails for', () => {
  const unreadable = (path: string) => `UnreadableFile: this file cannot be read: there is no such file, given: '${path}'; write the path of a file of text that you may read`;

  test.each<[string, string, string]>([
    ['a file that is not there', 'none.json', unreadable('none.json')],
    ['one with a name and an environment', 'Keys=none.json@111122223333/eu-west-1', unreadable('none.json')],
    ['one with a name that is none', 'no-dir=1/none@2.json', unreadable('1/none@2.json')],
    ['nothing', '', unreadable('')],
    ['a path with a zero byte', 'a\0b', unreadable('a\0b').replace('there is no such file', 'its name holds a zero byte')],
    ['a name that is none', '1st=app.yaml', "InvalidStackName: a stack is named with letters, digits and hyphens, a letter first, given: '1st'; write NAME=FILE"],
    ['an account that is none', 'app.yaml@1111', "InvalidEnvironment: an account has 12 digits, given: '1111'; write 111122223333, for example"],
    ['a Region alone', 'app.yaml@eu-west-1', "InvalidEnvironment: an account has 12 digits, given: 'eu-west-1'; write 111122223333, for example"],
    ['a Region that is none', 'app.yaml@/europe', "InvalidEnvironment: this is no AWS Region, given: 'europe'; write eu-west-1, for example"],
    ['a Region that is left out after its slash', 'app.yaml@111122223333/', "InvalidEnvironment: this is no AWS Region, given: ''; write eu-west-1, for example"],
    ['an environment that is left out', 'app.yaml@',
      "InvalidEnvironment: an account and a Region are written with one slash between them, given: ''; write 111122223333/eu-west-1"],
    ['an environment of three parts', 'app.yaml@aws/111122223333/eu-west-1',
      "InvalidEnvironment: an account and a Region are written with one slash between them, given: 'aws/111122223333/eu-west-1'; write 111122223333/eu-west-1"],
    ['a folder that is no cloud assembly', 'empty',
      "InvalidAssembly: this folder is no cloud assembly: it has no manifest.json, given: 'empty'; write the folder that cdk synth has made, or the files of templates"],
    ['a cloud assembly with a name', 'Keys=cdk.out', "InvalidStackName: the stacks of a cloud assembly have their names, given: 'Keys=cdk.out'; write cdk.out"],
  ])('%s', (_, source, message) => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(() => readSources([source])).toThrow(message);
    } finally {
      process.chdir(here);
    }
  });

  test.each([
    [{ account: '1' }, "InvalidEnvironment: an account has 12 digits, given: '1'; write 111122223333, for example"],
    [{ region: 'EU' }, "InvalidEnvironment: this is no AWS Region, given: 'EU'; write eu-west-1, for example"],
  ])('the defaults %j', (defaults, message) => {
    expect(() => readSources([], defaults)).toThrow(message);
  });
});
