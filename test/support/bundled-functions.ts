import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../..');

/** Bundles those functions of custom resources that were never bundled in this clone: without their assets no app that has one can be synthesized. */
export function bundleFunctions(): void {
  const sources = readdirSync(join(ROOT, 'src'), { encoding: 'utf8', recursive: true }).filter((path) => path.endsWith('.lambda.ts'));
  for (const source of sources) {
    const outfile = join(ROOT, 'assets', source.replace(/\.ts$/, ''), 'index.js');
    if (!existsSync(outfile)) {
      buildSync({
        entryPoints: [join('src', source)], absWorkingDir: ROOT, outfile, bundle: true, platform: 'node', target: 'node24', tsconfig: 'tsconfig.dev.json', external: ['@aws-sdk/*'],
      });
    }
  }
}
