import { PassThrough, Readable } from 'node:stream';
import { main } from '../../src/cli/main';
import { DECRYPT, DELEGATED } from '../access/golden/statements';
import { KeptText, runCli, worldFiles } from '../support/cli';

const FILES = worldFiles({ keyPolicy: [DELEGATED], r: [DECRYPT] });
const QUESTION = ['--principal', 'People/R', '--key', 'Keys/K', '--action', 'kms:Decrypt'];

test.each<[what: string, words: string[], begins: string]>([
  ['without words', [], 'Usage: cdk-kms-access COMMAND'],
  ['for --help', ['--help'], 'Usage: cdk-kms-access COMMAND'],
  ['for the --help of explain', ['explain', '--help'], 'Usage: cdk-kms-access explain'],
  ['for the --help of decide, whatever else is given', ['decide', '--requests', 'x', '-h'], 'Usage: cdk-kms-access decide'],
  ['for the --help of matrix', ['matrix', '--help'], 'Usage: cdk-kms-access matrix'],
  ['for --version', ['--version'], '1.2.3\n'],
])('says %s what there is', async (_, words, begins) => {
  const { code, stdout, stderr } = await runCli(words);
  expect({ code, stderr, begin: stdout.slice(0, begins.length) }).toEqual({ code: 0, stderr: '', begin: begins });
});

test.each<[what: string, words: string[], sentence: string]>([
  ['an unknown command', ['frobnicate'], "there is no such command, given: 'frobnicate'; write explain, decide, matrix or --help"],
  ['an unknown option', ['matrix', '--colour', ...FILES], 'matrix has no option --colour; see cdk-kms-access matrix --help'],
  ['an option of another command', ['matrix', '--key', 'K', ...FILES], 'matrix has no option --key; see cdk-kms-access matrix --help'],
  ['an option without its value', ['explain', ...FILES, '--key'], '--key needs a value; see cdk-kms-access explain --help'],
  ['an option before another one instead of its value', ['explain', ...FILES, '--principal', '--key', 'K'], '--principal needs a value; see cdk-kms-access explain --help'],
  ['an option with an empty value', ['explain', ...FILES, '--key='], '--key needs a value; see cdk-kms-access explain --help'],
  ['a value where there is none', ['explain', ...FILES, '--complete=yes'], "--complete takes no value, given: 'yes'; see cdk-kms-access explain --help"],
  ['a short option', ['explain', '-v'], 'explain has no option -v; see cdk-kms-access explain --help'],
  ['an option that objects have', ['matrix', '--constructor'], 'matrix has no option --constructor; see cdk-kms-access matrix --help'],
  ['an option that is given twice', ['explain', ...FILES, ...QUESTION, '--key', 'K2'], '--key is given twice; see cdk-kms-access explain --help'],
  ['an option that is missing', ['explain', ...FILES, '--principal', 'R'], 'explain needs --key; see cdk-kms-access explain --help'],
  ['no template', ['matrix'], 'matrix needs a cloud assembly or templates; see cdk-kms-access matrix --help'],
  ['a format that there is not', ['matrix', ...FILES, '--format', 'xml'], "there is no such format, given: '--format xml'; write --format text or --format json"],
])('fails for %s', async (_, words, sentence) => {
  expect(await runCli(words)).toEqual({ code: 2, stdout: '', stderr: `cdk-kms-access: InvalidCommandLine: ${sentence}\n` });
});

test.each<[what: string, words: string[], sentence: string]>([
  ['a file that is not there', ['matrix', 'nowhere.json'], "UnreadableFile: this file cannot be read: there is no such file, given: 'nowhere.json'; "
    + 'write the path of a file of text that you may read'],
  ['an account that is none', ['matrix', '--account', '12', ...FILES], "InvalidEnvironment: an account has 12 digits, given: '12'; write 111122223333, for example"],
  ['a principal that nobody knows', ['explain', ...FILES, '--principal', 'Nobody', ...QUESTION.slice(2)], "UnknownPrincipal: this is no principal of the templates, given: 'Nobody'; "
    + 'write the logical id or the ARN of a role or user, an account, or a service principal such as sns.amazonaws.com'],
  ['a context without a value', ['explain', ...FILES, ...QUESTION, '--context', 'kms:ViaService'], 'InvalidContext: a condition key with its prefix, such as kms:, and its value stand with = '
    + "between them, given: '--context kms:ViaService'; write --context kms:EncryptionContext:aws:s3:arn=arn:aws:s3:::bucket, for example"],
  ['requests that are not there', ['decide', ...FILES, '--requests', 'none.jsonl'], 'UnreadableFile: the file of requests cannot be read '
    + "(ENOENT: no such file or directory, open 'none.jsonl'), given: 'none.jsonl'; write --requests FILE, or --requests - for the standard input"],
  ['a folder of requests', ['decide', ...FILES, '--requests', '.'], 'UnreadableFile: the file of requests cannot be read '
    + "(EISDIR: illegal operation on a directory, read), given: '.'; write --requests FILE, or --requests - for the standard input"],
])('fails for %s, with one sentence', async (_, words, sentence) => {
  expect(await runCli(words)).toEqual({ code: 2, stdout: '', stderr: `cdk-kms-access: ${sentence}\n` });
});

test('fails with one sentence where it is to blame itself', async () => {
  const stderr = new KeptText();
  const stdin = new Readable({ read: () => stdin.destroy(new Error('the terminal is gone')) });
  const code = await main(['decide', ...FILES, '--requests', '-'], { stdin, stdout: new KeptText(), stderr }, '');
  expect({ code, stderr: stderr.text }).toEqual({
    code: 1, stderr: 'cdk-kms-access: this must not happen: Error: the terminal is gone; please report it\n',
  });
});

test('ends quietly where nobody reads what it says', async () => {
  const [stdout, stderr] = [new PassThrough(), new KeptText()];
  stdout.destroy();
  const code = await main(['matrix', ...FILES], { stdin: Readable.from([]), stdout, stderr }, '');
  expect({ code, stderr: stderr.text }).toEqual({ code: 0, stderr: '' });
});
