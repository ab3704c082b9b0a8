import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** The examples: each directory beside this file that has a `main.ts`. */
export function examples(): string[] {
  return readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'main.ts'))).sort();
}

/** Synthesizes an example in a process of its own, as the CDK CLI does, and returns the directory with its templates. */
export function synthesize(example: string, context: Record<string, unknown> = {}, outdir = join(ROOT, 'cdk.out', example)): string {
  const source = join(__dirname, example);
  rmSync(outdir, { recursive: true, force: true });
  const config = JSON.parse(readFileSync(join(source, 'cdk.json'), 'utf8')) as { context?: Record<string, unknown> };
  const { status, error } = spawnSync(process.execPath, [
    join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), '--tsconfig', join(ROOT, 'tsconfig.dev.json'), 'main.ts',
  ], {
    cwd: source,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ ...config.context, ...context }) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error || status !== 0) {
    throw new Error(`examples/${example} was not synthesized: ${error ?? `its main.ts ended with ${status}, and says why above`}`);
  }
  return outdir;
}
