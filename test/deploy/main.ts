import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Checks } from './checks';
import { command } from './command';
import { CopyGrantRun } from './copy-grant-run';
import { ExampleRun } from './example-run';
import { forgetCallersAws } from './local-environment';
import { PythonEnvironment } from './python-environment';
import { SecureStringRun } from './secure-string/secure-string-run';
import { SnapshotCopiesRun } from './snapshot-copies/snapshot-copies-run';
import { Workspace } from './workspace';

const MINUTES_ALTOGETHER = 20;
/** Each is one process after another, with endpoints of its own. */
const AT_ONCE = 2;

type Run = (name: string, workspace: Workspace, checks: Checks, python: string) => Promise<void>;

/** What is deployed beside the examples, by the name that selects it. */
const LIFE_CYCLES: Record<string, Run> = {
  'secure-string': SecureStringRun.of, 'snapshot-copies': SnapshotCopiesRun.of, 'snapshot-copy-grant': CopyGrantRun.of,
};

/** `npm run test:deploy [-- EXAMPLE|LIFE_CYCLE…]` */
async function main(chosen: string[]): Promise<Checks> {
  const checks = new Checks();
  const workspace = new Workspace();
  workspace.remove();
  const { examples } = workspace;
  const all = [...examples, ...Object.keys(LIFE_CYCLES)];
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0 || examples.length === 0) {
    throw new Error(`There is no example ${unknown.join(', ') || 'at all'} in ${workspace.root}/examples (there are, with life cycles: ${all.join(', ')}).`);
  }
  const python = new PythonEnvironment(workspace.venv);
  checks.say(`Python environment ${await python.prepare()}: ${workspace.venv}`);
  await bundleFunctions(workspace.root);
  forgetCallersAws();

  const waiting = chosen.length > 0 ? [...chosen] : all;
  const oneByOne = async (): Promise<void> => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      checks.add(await deployed(name, workspace, python.python));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
  if (checks.failed === 0) {
    workspace.remove();
  } else if (existsSync(workspace.run)) {
    checks.say(`\nThe assemblies of this run, and the logs of its endpoints, are in ${workspace.run}`);
  }
  return checks;
}

async function deployed(name: string, workspace: Workspace, python: string): Promise<Checks> {
  const checks = new Checks(`${name} | `);
  const began = Date.now();
  await (LIFE_CYCLES[name] ?? ExampleRun.of)(name, workspace, checks, python).catch((error: Error) => checks.fail(error.message));
  checks.say(`${((Date.now() - began) / 1000).toFixed(1)} s altogether`);
  return checks;
}

/** The functions of custom resources are deployed as their sources are now, not as they were when the dependencies were installed. */
async function bundleFunctions(root: string): Promise<void> {
  await command(process.execPath, [join(root, 'node_modules', 'projen', 'bin', 'projen'), 'bundle'], {
    purpose: 'Bundling the functions of custom resources', cwd: root, env: process.env, seconds: 120,
  });
}

function end(checks: Checks): void {
  process.stdout.write(`\n${checks.passed} passed, ${checks.failed} failed\n`, () => process.exit(checks.failed === 0 ? 0 : 1));
}

function stop(sentence: string): void {
  const checks = new Checks();
  checks.fail(sentence);
  end(checks);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop(`The deploy tests were stopped by ${signal}.`)); // an ordinary exit, which takes the children down
}
setTimeout(() => stop(`The deploy tests did not end within ${MINUTES_ALTOGETHER} minutes.`), MINUTES_ALTOGETHER * 60_000);
main(process.argv.slice(2)).then(end, (error: Error) => stop(error.message));
