import { Readable } from 'node:stream';
import { DECRYPT, DELEGATED, keyDenies, VIA_S3 } from '../access/golden/statements';
import { A, R } from '../support/access-world';
import { assemblyFolder, linesFile, runCli, worldFiles } from '../support/cli';

const FILES = worldFiles({ keyPolicy: [{ Sid: 'UseThroughS3', ...VIA_S3 }, keyDenies({ AWS: '*' }, 'kms:Encrypt')], r: [DECRYPT] });
const ASKED = { principal: 'People/R', key: 'Keys/K', action: 'kms:Decrypt' };
const S3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };

async function answers(...lines: string[]): Promise<unknown[]> {
  const { code, stdout, stderr } = await runCli(['decide', ...FILES, '--requests', linesFile(...lines)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
}

test('answers each line with its verdict, what it rests on and what must hold', async () => {
  expect(await answers(
    JSON.stringify({ ...ASKED, context: S3 }),
    JSON.stringify(ASKED),
    JSON.stringify({ ...ASKED, complete: true }),
    JSON.stringify({ ...ASKED, principal: R, key: 'K', action: 'Encrypt' }),
  )).toEqual([
    {
      verdict: 'allowed',
      because: [{ stack: 'Keys', logicalId: 'K', index: 0, sid: 'UseThroughS3' }, { stack: 'People', logicalId: 'R', policy: 'Inline', index: 0 }],
      conditions: [],
    },
    {
      verdict: 'conditional',
      because: [{ stack: 'Keys', logicalId: 'K', index: 0, sid: 'UseThroughS3' }, { stack: 'People', logicalId: 'R', policy: 'Inline', index: 0 }],
      conditions: [[{ operator: 'StringEquals', key: 'kms:ViaService', values: ['s3.eu-west-1.amazonaws.com'] }]],
    },
    {
      verdict: 'denied',
      because: ['it takes a statement of the key policy that delegates kms:Decrypt to IAM: UseThroughS3 of Keys/K asks for '
        + 'kms:ViaService StringEquals s3.eu-west-1.amazonaws.com'],
      conditions: [],
    },
    { verdict: 'denied', because: [{ stack: 'Keys', logicalId: 'K', index: 1 }], conditions: [] },
  ]);
});

const EXAMPLE = '{"principal": "...", "key": "...", "action": "..."}';

test.each<[what: string, line: string, error: string]>([
  ['no JSON', '{"principal":', `InvalidRequest: the line is no JSON, given: '{"principal":'; write ${EXAMPLE}`],
  ['an empty line', '', `InvalidRequest: the line is no JSON, given: ''; write ${EXAMPLE}`],
  ['a list', '[1, 2]', `InvalidRequest: the line is no JSON object, given: 'a list of 2'; write ${EXAMPLE}`],
  ['null', 'null', `InvalidRequest: the line is no JSON object, given: 'null'; write ${EXAMPLE}`],
  ['a missing field', '{"principal": "R", "key": "K"}', 'InvalidRequest: action is missing, given: \'{"principal": "R", "key": "K"}\'; write "action": "..."'],
  ['a field of another type', JSON.stringify({ ...ASKED, key: 7 }), 'InvalidRequest: key is no string, given: \'7\'; write "key": "..."'],
  ['a principal that nobody knows', JSON.stringify({ ...ASKED, principal: 'Nobody' }), "UnknownPrincipal: this is no principal of the templates, given: 'Nobody'; "
    + 'write the logical id or the ARN of a role or user, an account, or a service principal such as sns.amazonaws.com'],
  ['a key that nobody knows', JSON.stringify({ ...ASKED, key: 'None' }), "UnknownKey: no template makes this key, given: 'None'; "
    + 'write its logical id, StackName/LogicalId, alias, id or ARN'],
  ['an action that there is not', JSON.stringify({ ...ASKED, action: 'kms:*' }), "UnknownAction: AWS KMS has no action of this name, given: 'kms:*'; "
    + 'write kms:Decrypt, for example'],
  ['a context that is no object', JSON.stringify({ ...ASKED, context: ['x'] }), "InvalidRequest: context is no JSON object, given: 'a list of 1'; "
    + 'write "context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}'],
  ['a value that is no value', JSON.stringify({ ...ASKED, context: { 'aws:x': { a: 1 } } }), 'InvalidRequest: aws:x of the context is no value or list of values, '
    + "given: 'an object'; write \"aws:x\": \"...\""],
  ['a condition key in two spellings', JSON.stringify({ ...ASKED, context: { 'kms:viaservice': 'x', ...S3 } }), 'InvalidRequest: kms:ViaService '
    + "stands twice in the context, and the case of condition keys does not matter, given: 's3.eu-west-1.amazonaws.com'; write \"kms:ViaService\": [\"...\", \"...\"]"],
  ['complete that is neither true nor false', JSON.stringify({ ...ASKED, complete: 'yes' }), "InvalidRequest: complete is neither true nor false, given: 'yes'; "
    + 'write "complete": true'],
  ['nesting without end', JSON.stringify({ ...ASKED, context: { x: 'HERE' } }).replace('"HERE"', '['.repeat(100_000) + ']'.repeat(100_000)),
    'InvalidRequest: x of the context is no value or list of values, given: \'a list of 1\'; write "x": "..."'],
  ['a long line', `"${'x'.repeat(1000)}`, `InvalidRequest: the line is no JSON, given: '"${'x'.repeat(99)}...'; write ${EXAMPLE}`],
])('answers %s with an error, and the other lines all the same', async (_, line, error) => {
  expect(await answers(line, JSON.stringify({ ...ASKED, context: S3 }))).toEqual([{ error }, expect.objectContaining({ verdict: 'allowed' })]);
});

test.each<[what: string, context: object]>([
  ['a list of values', { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'] }],
  ['null and empty lists for none', { ...S3, 'kms:RequestAlias': null, 'aws:SourceIp': [] }],
  ['numbers and booleans', { ...S3, 'aws:MultiFactorAuthAge': 7, 'aws:MultiFactorAuthPresent': true }],
  ['names that objects have', { ...S3, constructor: 'x', toString: ['y'] }],
])('takes %s as context', async (_, context) => {
  expect(await answers(JSON.stringify({ ...ASKED, context }))).toMatchObject([{ verdict: 'allowed' }]);
});

test('reads the standard input', async () => {
  const { stdout } = await runCli(['decide', ...FILES, '--requests', '-'], Readable.from([JSON.stringify({ ...ASKED, principal: A }), '\n{}']));
  expect(stdout.split('\n').map((line) => line.slice(0, 12))).toEqual(['{"verdict":"', '{"error":"In', '']);
});

test('finds what people name as the model does, delegated or not', async () => {
  const delegating = worldFiles({ keyPolicy: [DELEGATED], r: [DECRYPT] });
  const line = JSON.stringify({ ...ASKED, principal: `arn:aws:sts::${A}:assumed-role/R/me` });
  expect((await runCli(['decide', ...delegating, '--requests', linesFile(line)])).stdout).toContain('"verdict":"allowed"');
});

test('tells apart what two stacks have by the names of the stacks', async () => {
  const [file] = worldFiles({ keyPolicy: [DELEGATED] });
  const lines = ['K', 'Blue/K'].map((key) => JSON.stringify({ ...ASKED, principal: A, key }));
  const { stdout } = await runCli(['decide', `Blue=${file}`, `Green=${file}`, '--requests', linesFile(...lines)]);
  expect(stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([
    { error: "AmbiguousKey: the templates make 2 of this name, given: 'K'; write 'Blue/K' or 'Green/K'" },
    { verdict: 'allowed', because: [{ stack: 'Blue', logicalId: 'K', index: 0 }], conditions: [] },
  ]);
});

test('takes the line ends and the byte order mark of Windows', async () => {
  const question = JSON.stringify({ ...ASKED, context: S3 });
  expect(await answers(`\uFEFF${question}\r`, `${question}\r`)).toMatchObject([{ verdict: 'allowed' }, { verdict: 'allowed' }]);
});

test('answers 20,000 lines in their order', async () => {
  const wanted = Array.from({ length: 20_000 }, (_, i) => ['allowed', 'denied', 'error'][i % 7 % 3]);
  const line = { allowed: JSON.stringify({ ...ASKED, context: S3 }), denied: JSON.stringify({ ...ASKED, complete: true }), error: '{' };
  const given = await answers(...wanted.map((verdict) => line[verdict as keyof typeof line]));
  expect(given.map((one) => (one as { verdict?: string }).verdict ?? 'error')).toEqual(wanted);
});

test('says what is assumed of the role that deploys an assembly', async () => {
  const role = `arn:aws:iam::${A}:role/cdk-hnb659fds-cfn-exec-role-${A}-eu-west-1`;
  const folder = assemblyFolder({ keyPolicy: [DELEGATED] }, role);
  const line = JSON.stringify({ principal: role, key: 'Keys/K', action: 'kms:PutKeyPolicy' });
  const { stdout } = await runCli(['decide', folder, '--requests', linesFile(line)]);
  expect(JSON.parse(stdout)).toEqual({
    verdict: 'allowed',
    because: [
      { stack: 'Keys', logicalId: 'K', index: 0 },
      { stack: '', logicalId: role, policy: 'AdministratorAccess', index: 0 },
      'assumed: AdministratorAccess is attached to it, as cdk bootstrap does unless it is told otherwise',
    ],
    conditions: [],
  });
});
