import { cleaned } from './cleaned';
import { Observed } from './findings-table';
import { Operation, PREFIX, Sandbox } from './operation';
import { deleteProbeKey, makeProbeKey, probeKeyPolicy } from './probe-key';
import { RegionClients } from './region-clients';
import { Surroundings } from './surroundings';
import { reason } from './sweep';

const MINUTE = 60_000;
const BETWEEN_LOOKS = 15_000;
const MINUTES_TO_CLEAN = 45;

export interface OperationPlace {
  readonly source: RegionClients;
  readonly destination: RegionClients;
  readonly account: string;
  readonly partition: string;
  readonly narrow: boolean;
  /** When it gives up. */
  readonly until: number;
}

export interface OperationResult extends Observed {
  /** What could not be deleted. */
  readonly left: readonly string[];
}

/** Does an operation once, and deletes whatever it made, however it ended. */
export async function operationRun(operation: Operation, place: OperationPlace, surroundings: Surroundings): Promise<OperationResult> {
  const { say, run } = surroundings;
  const name = `${PREFIX}${run}-${operation.name}`;
  const keys: string[] = [];
  const left: string[] = [];
  const notes: string[] = [];
  let failure: string | undefined;
  try {
    for (const aws of [place.source, place.destination]) {
      const others = place.narrow ? [] : [place.source.region, place.destination.region].filter((region) => region !== aws.region);
      const policy = probeKeyPolicy(operation, { account: place.account, partition: place.partition, region: aws.region, others });
      keys.push(await makeProbeKey(aws.kms, name, policy));
    }
    await operation.make(sandboxOf(name, keys, notes, place, surroundings));
    say(`${operation.name}: done`);
  } catch (error) {
    failure = reason(error);
    say(`${operation.name}: ${failure}`);
  }
  const { source, destination } = place;
  left.push(...await cleaned((sweep) => operation.clean({ prefix: name, source, destination }, sweep), MINUTES_TO_CLEAN, surroundings));
  for (const [i, key] of keys.entries()) {
    await deleteProbeKey([source, destination][i].kms, key).catch((error: Error) => left.push(`key ${key} (${reason(error)})`));
  }
  say(left.length > 0 ? `${operation.name}: could not be deleted: ${left.join(', ')}` : `${operation.name}: deleted again`);
  return { operation, source: keys[0] ?? 'none', destination: keys[1] ?? 'none', notes, left, ...failure ? { failure } : {} };
}

function sandboxOf(
  name: string, keys: readonly string[], notes: string[], place: OperationPlace, { now, sleep, stopped }: Surroundings,
): Sandbox {
  const [source, destination] = [place.source, place.destination].map((aws, i) => ({ region: aws.region, aws, key: keys[i] }));
  return {
    name,
    account: place.account,
    partition: place.partition,
    source,
    destination,
    note(what) {
      notes.push(what);
    },
    async until(what, minutes, isSo) {
      const latest = Math.min(now() + minutes * MINUTE, place.until);
      for (;;) {
        if (stopped.aborted) {
          throw new Error(`stopped while it waited until ${what}`);
        }
        if (await isSo()) {
          return;
        }
        if (now() >= latest) {
          throw new Error(`gave up waiting until ${what}`);
        }
        await sleep(BETWEEN_LOOKS);
      }
    },
  };
}
