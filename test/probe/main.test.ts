import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Runs the probe as people do, where AWS is a port that nobody listens to. */
function run(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const { CI: _CI, ...inherited } = process.env;
  const env = {
    ...inherited, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing', AWS_EC2_METADATA_DISABLED: 'true', ...environment,
  };
  return new Promise((done) => execFile(
    process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', 'tsconfig.dev.json', 'test/probe/main.ts', ...words],
    { cwd: ROOT, env, timeout: 60_000 },
    (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), output: stdout + stderr }),
  ).stdin!.end());
}

test('where nobody can be asked, it says what it would do, and does nothing', async () => {
  const { code, output } = await run(['--source', 'eu-west-2', '--destination', 'ap-southeast-2'], {});

  expect(output).toContain('Makes in eu-west-2, and for copies in ap-southeast-2, and deletes again:');
  expect(output).toMatch(/Nothing was made\.\n$/);
  expect(output).not.toContain('ECONNREFUSED');
  expect(code).toBe(2);
}, 90_000);

test('in CI it does nothing, though an account is given', async () => {
  const { code, output } = await run(['--source', 'eu-west-2', '--destination', 'ap-southeast-2', '--account', '111122223333', '--yes'], { CI: 'true' });

  expect(output).toContain('it does not run in CI');
  expect(code).toBe(2);
}, 90_000);

test('main.ts alone makes clients that reach AWS, and nothing imports it', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file !== 'probe/main.test.ts');
  const texts = files.map((file) => [file, readFileSync(join(ROOT, 'test', file), 'utf8')] as const);
  const making = texts.filter(([, text]) => /new RegionClients\(region\)/.test(text)).map(([file]) => file);
  const importing = texts.filter(([, text]) => /probe\/main'|from '\.\/main'/.test(text) && /RegionClients|probe/.test(text)).map(([file]) => file);

  expect(making).toEqual(['probe/main.ts']);
  expect(importing).toEqual([]);
});
