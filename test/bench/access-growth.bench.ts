import { spawnSync } from 'node:child_process';
import { AppSize, benchApp } from './bench-app';
import { Figure, printFigures } from './figure';
import { AccessModel } from '../../src/access/access-model';
import { decide, Verdict } from '../../src/access/decision/decision';
import { escalations } from '../../src/access/escalation';
import { othersInAccount } from '../../src/access/others-in-account';
import { serviceGrants } from '../../src/access/service-grants';

const WHOLE: AppSize = { keys: 100, roles: 10_000, stacks: 500 };
const SHARES = [1 / 4, 1 / 2, 1];
const MEGABYTES = 1024;

interface Run {
  readonly building: number;
  readonly deciding: number;
  readonly standing: number;
  readonly megabytes: number;
  readonly verdicts: Record<Verdict, number>;
}

/**
 * Builds the model of a share of the app, asks whether each role may decrypt with each key, and of a few what a matrix asks beside:
 * CPU time in ms, which other load of the machine leaves alone.
 */
function run(share: number): Run {
  const templates = benchApp(sizeOf(share));
  const began = cpuTime();
  const model = new AccessModel(templates);
  model.identities.forEach((identity) => identity.kind !== 'group' && model.askerOf(identity));
  const built = cpuTime();
  const verdicts = { allowed: 0, denied: 0, conditional: 0, unknown: 0 };
  const roles = model.identities.filter(({ kind }) => kind === 'role').map((identity) => model.askerOf(identity));
  roles.forEach((role) => model.keys.forEach((key) => verdicts[decide(model.accessOf(role, key, 'kms:Decrypt')).verdict]++));
  const decided = cpuTime();
  for (const key of model.keys.filter((_, i) => i % 25 === 0)) {
    serviceGrants(model, key);
    othersInAccount(model, key, 'kms:Decrypt');
    roles.filter((_, i) => i % 100 === 0).forEach((role) => escalations(model, role, key));
  }
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { building: built - began, deciding: decided - built, standing: cpuTime() - decided, megabytes, verdicts };
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
    const options = [`--max-old-space-size=${MEGABYTES}`, __filename, String(share)];
    const { status, stdout } = spawnSync(process.execPath, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (status !== 0) {
      throw new Error(`A share of ${share} ended with ${status}`);
    }
    const { verdicts, ...figures } = JSON.parse(stdout) as Run;
    process.stdout.write(`${share} of the app: ${Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`).join(', ')}\n`);
    return { verdicts, ...figures };
  });
  const perStack = runs.map(({ building }, i) => building / sizeOf(SHARES[i]).stacks);
  const pairs = SHARES.map((share) => sizeOf(share).roles * sizeOf(share).keys);
  const perDecision = runs.map(({ deciding }, i) => deciding / pairs[i]);
  return [
    { what: 'building the model, ms a stack', value: perStack[2] },
    ...growth('building a stack', perStack),
    { what: 'deciding whether a role may decrypt, µs', value: perDecision[2] * 1000 },
    ...growth('a decision', perDecision),
    { what: 'grants of services, others, and who could give itself use, ms for 1 role of 100 and 1 key of 25', value: runs[2].standing },
    { what: 'these, of the half', value: runs[1].standing },
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
