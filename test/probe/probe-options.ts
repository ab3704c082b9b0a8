import { Operation } from './operation';

/** What the command line asks for. */
export interface ProbeOptions {
  readonly source: string;
  readonly destination: string;
  /** The account, typed by whoever pays: with `--yes` nothing is asked. */
  readonly account?: string;
  readonly yes: boolean;
  /** Deletes what former probes left behind, and does nothing else. */
  readonly clean: boolean;
  /** Hands each key over for its own Region only: what is refused then needs the other Region. */
  readonly narrow: boolean;
  readonly minutes: number;
  readonly operations: readonly Operation[];
}

export const USAGE = `npm run probe -- --source REGION --destination REGION [options]

Does each copy once in your AWS account, and prints which calls of AWS KMS AWS CloudTrail recorded beside what the catalogue says.
It costs money, asks before it makes anything, and deletes all of it.

  --source REGION       such as eu-west-2
  --destination REGION  such as ap-southeast-2
  --only NAMES          these operations, with commas between them; all of them otherwise
  --narrow              keys are handed over for their own Region only: what is refused then needs the other Region
  --minutes N           gives up after so many, and deletes what there is (240 by default)
  --clean               deletes what former probes left behind, and does nothing else
  --account ID --yes    for the account with this id, without a question
`;

/** What the words of the command line ask for, or what is wrong with them. */
export function probeOptions(words: readonly string[], all: readonly Operation[]): ProbeOptions | string {
  const given = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const flag = ['--yes', '--clean', '--narrow'].includes(words[i]);
    if (!flag && !['--source', '--destination', '--only', '--minutes', '--account'].includes(words[i])) {
      return `There is no option ${words[i]}.`;
    }
    if (!flag && (words[i + 1] === undefined || words[i + 1].startsWith('--'))) {
      return `${words[i]} wants a value.`;
    }
    given.set(words[i], flag ? 'yes' : words[++i]);
  }
  const [source, destination, account] = ['--source', '--destination', '--account'].map((name) => given.get(name));
  const region = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
  if (!source || !destination || !region.test(source) || !region.test(destination) || source === destination) {
    return 'Give two Regions, as --source and --destination.';
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    return `An account has twelve digits, given: ${account}.`;
  }
  if (given.has('--yes') && account === undefined) {
    return '--yes wants the account: --account 111122223333.';
  }
  const names = given.get('--only')?.split(',') ?? all.map(({ name }) => name);
  const unknown = names.filter((name) => !all.some((operation) => operation.name === name));
  if (unknown.length > 0) {
    return `There is no operation ${unknown.join(', ')}: there are ${all.map(({ name }) => name).join(', ')}.`;
  }
  const minutes = Number(given.get('--minutes') ?? 240);
  if (!(minutes > 0 && minutes <= 720)) {
    return `--minutes is between 1 and 720, given: ${given.get('--minutes')}.`;
  }
  return {
    source,
    destination,
    account,
    minutes,
    yes: given.has('--yes'),
    clean: given.has('--clean'),
    narrow: given.has('--narrow'),
    operations: all.filter(({ name }) => names.includes(name)),
  };
}
