import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { cleaned } from './cleaned';
import { recordedCalls } from './cloud-trail';
import { findingsTable } from './findings-table';
import { Operation, Place, PREFIX } from './operation';
import { operationRun } from './operation-run';
import { cleanProbeKeys } from './probe-key';
import { ProbeOptions, probeOptions, USAGE } from './probe-options';
import { probePlan } from './probe-plan';
import { Surroundings } from './surroundings';

const MINUTE = 60_000;

/** The exit code: 0 where everything agrees, 1 where something differs, was not done, or is left behind, 2 where nothing was tried. */
export async function probe(words: readonly string[], operations: readonly Operation[], surroundings: Surroundings): Promise<number> {
  const { say, environment } = surroundings;
  if (words.includes('--help')) {
    say(USAGE);
    return 0;
  }
  const options = probeOptions(words, operations);
  if (typeof options === 'string') {
    say(`${options}\n\n${USAGE}`);
    return 2;
  }
  if (environment.CI) {
    say('The probe costs money and wants somebody who agrees: it does not run in CI.');
    return 2;
  }
  probePlan(options).forEach(say);
  const account = await agreedAccount(options, surroundings);
  if (account === undefined) {
    say('Nothing was made.');
    return 2;
  }
  const place = { prefix: PREFIX, source: surroundings.clients(options.source), destination: surroundings.clients(options.destination) };
  const caller = await place.source.sts.send(new GetCallerIdentityCommand({}));
  if (caller.Account !== account) {
    say(`The credentials are those of account ${caller.Account}, not of ${account}. Nothing was made.`);
    return 2;
  }
  return options.clean
    ? cleanAll(place, operations, surroundings)
    : runAll(options, place, { account, partition: caller.Arn!.split(':')[1] }, surroundings);
}

async function agreedAccount({ yes, account, source, destination }: ProbeOptions, { ask }: Surroundings): Promise<string | undefined> {
  if (yes) {
    return account;
  }
  const typed = (await ask(`\nType the id of the account to do this in (${source}, ${destination}), or anything else to stop: `)).trim();
  return /^\d{12}$/.test(typed) && (account === undefined || account === typed) ? typed : undefined;
}

async function cleanAll(place: Place, operations: readonly Operation[], surroundings: Surroundings): Promise<number> {
  const left = await cleaned(async (sweep) => {
    for (const { clean } of operations) {
      await clean(place, sweep);
    }
    for (const aws of [place.source, place.destination]) {
      await cleanProbeKeys(aws, place.prefix, sweep);
    }
    sweep.found.forEach((what) => surroundings.say(`found ${what}`));
  }, 60, surroundings);
  surroundings.say(left.length > 0 ? `Still there: ${left.join(', ')}` : 'Nothing is left.');
  return left.length > 0 ? 1 : 0;
}

async function runAll(
  options: ProbeOptions, { source, destination }: Place, who: { account: string; partition: string }, surroundings: Surroundings,
): Promise<number> {
  const { say, now, sleep, stopped } = surroundings;
  const since = now();
  const until = since + options.minutes * MINUTE;
  const results = await Promise.all(options.operations.map((operation) => (
    operationRun(operation, { source, destination, ...who, narrow: options.narrow, until }, surroundings)
  )));
  const left = results.flatMap((result) => result.left);
  if (left.length > 0) {
    say(`Left behind, delete it with --clean: ${left.join(', ')}`);
  }
  if (stopped.aborted) {
    say('Stopped: AWS CloudTrail was not read.');
    return 1;
  }
  const keys = new Set(results.flatMap((result) => [result.source, result.destination]));
  const calls = await recordedCalls([source, destination], keys, since, Math.max(until, now() + 20 * MINUTE), { now, sleep, say });
  const table = findingsTable(results, calls);
  table.forEach(say);
  return left.length > 0 || results.some(({ failure }) => failure) || table.some((line) => line.startsWith('differs')) ? 1 : 0;
}
