import { DECRYPT, DELEGATED, keyAllows, service, VIA_S3 } from '../access/golden/statements';
import { A } from '../support/access-world';
import { CliRun, runCli, worldFiles } from '../support/cli';

const FILES = worldFiles({ keyPolicy: [VIA_S3, keyAllows(service('sns.amazonaws.com'), 'kms:Decrypt', { StringEquals: { 'aws:SourceAccount': A } })], r: [DECRYPT] });

function explain(...words: string[]): Promise<CliRun> {
  return runCli(['explain', ...FILES, '--key', 'Keys/K', '--action', 'Decrypt', ...words.includes('--principal') ? [] : ['--principal', 'People/R'], ...words]);
}

test.each<[what: string, words: string[], line: string]>([
  ['what must hold', [], 'conditional: kms:Decrypt by People/R with Keys/K'],
  ['what the service is that calls', ['--via', 's3'], 'allowed: kms:Decrypt by People/R with Keys/K'],
  ['it as a whole', ['--via', 's3.eu-west-1.amazonaws.com'], 'allowed: kms:Decrypt by People/R with Keys/K'],
  ['it as the condition key', ['--context', 'kms:viaservice=s3.eu-west-1.amazonaws.com'], 'allowed: kms:Decrypt by People/R with Keys/K'],
  ['it in another Region', ['--via', 's3.us-east-1.amazonaws.com'], 'denied: kms:Decrypt by People/R with Keys/K'],
  ['that there is no more', ['--complete'], 'denied: kms:Decrypt by People/R with Keys/K'],
  ['who asks', ['--principal', 'sns.amazonaws.com', '--context', `aws:SourceAccount=${A}`], 'allowed: kms:Decrypt by sns.amazonaws.com with Keys/K'],
])('takes into account %s', async (_, words, line) => {
  const { code, stdout, stderr } = await explain(...words);
  expect({ code, stderr, line: stdout.split('\n')[0] }).toEqual({ code: 0, stderr: '', line });
});

test('one condition key has all its values, in whatever case it is written, also with = in them', async () => {
  const { stdout } = await explain('--context', 'kms:EncryptionContextKeys=a=b', '--context', 'KMS:encryptioncontextkeys=');
  expect(stdout).toContain('\nrequest    kms:EncryptionContextKeys = a=b, ; other condition keys may be anything\n');
});

test('says the same in JSON', async () => {
  const { stdout } = await explain('--via', 's3', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    principal: { name: 'People/R' },
    key: { name: 'Keys/K' },
    action: 'kms:Decrypt',
    complete: false,
    context: ['kms:ViaService = s3.eu-west-1.amazonaws.com'],
    decision: { verdict: 'allowed' },
    whatToWrite: [],
  });
});

test('knows stacks by the names that are given to their templates', async () => {
  const [key] = worldFiles({ keyPolicy: [DELEGATED] });
  const { stdout } = await runCli(['explain', `Blue=${key}`, `Green=${key}`, '--principal', A, '--key', 'Green/K', '--action', 'Decrypt']);
  expect(stdout.split('\n')[0]).toBe(`allowed: kms:Decrypt by arn:aws:iam::${A}:root with Green/K`);
});

const KEY_VALUE = 'a condition key with its prefix, such as kms:, and its value stand with = between them';
const EXAMPLE = 'write --context kms:EncryptionContext:aws:s3:arn=arn:aws:s3:::bucket, for example';

test.each<[what: string, words: string[], sentence: string]>([
  ['a condition key without a value', ['--context', 'aws:SourceAccount'], `${KEY_VALUE}, given: '--context aws:SourceAccount'; ${EXAMPLE}`],
  ['a value without a condition key', ['--context', '=x'], `${KEY_VALUE}, given: '--context =x'; ${EXAMPLE}`],
  ['a condition key without its prefix', ['--context', 'ViaService=s3.eu-west-1.amazonaws.com'], `${KEY_VALUE}, given: '--context ViaService=s3.eu-west-1.amazonaws.com'; ${EXAMPLE}`],
  ['a service in another case', ['--via', 'S3'], "kms:ViaService is a service and its Region, given: '--via S3'; write --via s3 or --via s3.eu-west-1.amazonaws.com"],
  ['a service principal as the service that calls', ['--via', 's3.amazonaws.com'],
    "kms:ViaService is a service and its Region, given: '--via s3.amazonaws.com'; write --via s3 or --via s3.eu-west-1.amazonaws.com"],
  ['two services that call', ['--via', 's3', '--context', 'kms:viaService=x'], "--via and --context both say kms:ViaService, given: '--via s3'; write one of them"],
])('fails for %s', async (_, words, sentence) => {
  expect(await explain(...words)).toEqual({ code: 2, stdout: '', stderr: `cdk-kms-access: InvalidContext: ${sentence}\n` });
});

test('fails for a key that two stacks have, with the names that tell them apart', async () => {
  const [key] = worldFiles({ keyPolicy: [DELEGATED] });
  expect(await runCli(['explain', `Blue=${key}`, `Green=${key}`, '--principal', A, '--key', 'K', '--action', 'Decrypt'])).toEqual({
    code: 2, stdout: '', stderr: "cdk-kms-access: AmbiguousKey: the templates make 2 of this name, given: 'K'; write 'Blue/K' or 'Green/K'\n",
  });
});
