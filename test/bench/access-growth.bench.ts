import { spawnSync } from 'node:child_process';
import { AppSize, benchApp } from './bench-app';
import { Figure, printFigures } from './figure';
import { AccessModel } from '../../src/access/access-model';
import { decide, Verdict } from '../../src/access/decision/decision';

const WHOLE: AppSize = { keys: 100, roles: 10_000, stacks: 500 };
const SHARES = [1 / 4, 1 / 2, 1];
const MEGABYTES = 1024;

interface Run {
  readonly building: number;
  readonly deciding: number;
  readonly megabytes: number;
  readonly verdicts: Record<Verdict, number>;
}

/** Builds the model of a share of the app and asks whether each role may decrypt with each key: CPU time in ms, which other load of the machine leaves alone. */
function run(share: number): Run {
  const templates = benchApp(sizeOf(share));
  const began = cpuTime();
  const model = new AccessModel(templates);
  model.identities.forEach((identity) => identity.kind !== 'group' && model.askerOf(identity));
  const built = cpuTime();
  const verdicts = { allowed: 0, denied: 0, conditional: 0, unknown: 0 };
  for (const identity of model.identities.filter(({ kind }) => kind === 'role')) {
    const asker = model.askerOf(identity);
    for (const key of model.keys) {
      verdicts[decide(model.accessOf(asker, key, 'kms:Decrypt')).verdict]++;
    }
  }
  return { building: built - began, deciding: cpuTime() - built, megabytes: process.resourceUsage().maxRSS / 1024, verdicts };
}

function sizeOf(share: number): AppSize {
  return { keys: WHOLE.keys * share, roles: WHOLE.roles * share, stacks: WHOLE.stacks * share };
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Each size in a process of its own. */
function accessGrowth(): Figure[] {
  const runs = SHARES.map((share): Run => {
    const { status, stdout } = spawnSync(process.execPath, [`--max-old-space-size=${MEGABYTES}`, __filename, String(share)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (status !== 0) {
      throw new Error(`A share of ${share} ended with ${status}`);
    }
    process.stdout.write(`${share}: ${stdout}`);
    return JSON.parse(stdout) as Run;
  });
  const perStack = runs.map(({ building }, i) => building / sizeOf(SHARES[i]).stacks);
  const perDecision = runs.map(({ deciding }, i) => deciding / sizeOf(SHARES[i]).roles / sizeOf(SHARES[i]).keys);
  return [
    { what: 'building the model, ms a stack', value: perStack[2] },
    ...growth('building a stack', perStack),
    { what: 'deciding whether a role may decrypt, µs', value: perDecision[2] * 1000 },
    ...growth('a decision', perDecision),
    { what: 'resident memory of the whole, MB', value: runs[2].megabytes, atMost: MEGABYTES },
  ];
}

function growth(what: string, [quarter, half, whole]: readonly number[]): Figure[] {
  return [
    { what: `${what}: half to quarter`, value: half / quarter, atMost: 1.5 },
    { what: `${what}: whole to half`, value: whole / half, atMost: 1.5 },
  ];
}

const [, , share] = process.argv;
if (share === undefined) {
  printFigures(accessGrowth());
} else {
  process.stdout.write(`${JSON.stringify(run(Number(share)))}\n`);
}
