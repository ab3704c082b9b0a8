import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** `npm run bench [-- PREFIX…]`: each from compiled code in a process of its own, within the memory that the access proof may take. */
function main(prefixes: readonly string[]): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const names = readdirSync(__dirname).filter((name) => name.endsWith('.bench.ts') && (prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix))));
  const failed = names.filter((name) => {
    process.stdout.write(`\n${name}\n`);
    const outfile = join(folder, `${name}.js`);
    buildSync({ entryPoints: [join(__dirname, name)], bundle: true, platform: 'node', target: 'node20', outfile, logLevel: 'warning' });
    return spawnSync(process.execPath, ['--max-old-space-size=1024', outfile], { stdio: 'inherit' }).status !== 0;
  });
  rmSync(folder, { recursive: true });
  process.stdout.write(`\n${names.length - failed.length} of ${names.length} benches met their targets\n`);
  return names.length > 0 && failed.length === 0;
}

process.exitCode = main(process.argv.slice(2)) ? 0 : 1;
