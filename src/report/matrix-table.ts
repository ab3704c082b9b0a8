import { AccessMatrix, CellAnswer, CouldGiveItself, KeyMatrix, MatrixCell, MatrixGrant, MatrixRow } from './access-matrix';
import { conditionsText } from './requirement-text';
import { textTable } from './text-table';
import { Decision, Verdict } from '../access/decision/decision';

/** Longer lists are in the JSON. */
const MOST_NAMED = 20;
const SYMBOLS: Readonly<Record<Verdict, string>> = { allowed: 'some', conditional: 'if', unknown: '?', denied: '-' };
const MARKS: Readonly<Record<Verdict, string>> = { allowed: '', conditional: ' if', unknown: '?', denied: '' };

/** Who can do what with which key, as text: a table for each key, then the notes and what the words mean. */
export function matrixTable({ keys, unseen, notSeen }: AccessMatrix): string {
  if (keys.length === 0) {
    return 'The templates make no key.';
  }
  const notes = new Notes();
  const tables = keys.map((key) => keyTable(key, notes));
  const unseenStacks = unseen.map(({ stack, by }) => `${stack} (${by})`);
  return [
    ...tables,
    ...notes.lines.length > 0 ? [notes.lines.join('\n')] : [],
    legend(keys).join('\n'),
    [
      ...unseenStacks.length === 0 ? [] : [`not seen: what is made at deployment in ${listed(unseenStacks)}`],
      `not seen: ${notSeen.join(', ')}; what is allowed here can still be denied there`,
    ].join('\n'),
  ].join('\n\n');
}

/** What several cells refer to by its number: a line, or several. */
class Notes {
  public readonly lines: string[] = [];
  private readonly numbers = new Map<string, number>();

  public number(...lines: readonly string[]): number {
    const text = lines.join('\n');
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size + 1;
      this.numbers.set(text, number);
      const head = `[${number}] `;
      this.lines.push(...lines.map((line, i) => (i === 0 ? head : ' '.repeat(head.length)) + line));
    }
    return number;
  }
}

function keyTable({ key, verbs, rows, canDoNothing, serviceGrants, unresolved }: KeyMatrix, notes: Notes): string {
  const header = ['WHO', ...verbs.map(({ name }) => name.toUpperCase()), 'COULD GIVE ITSELF USE'];
  const table = textTable([header, ...rows.map((row) => rowOf(row, notes))], Infinity);
  return [
    [key.name, ...key.aliases].join(', '),
    '',
    ...table,
    ...canDoNothing.length === 0 ? [] : ['', `${canDoNothing.length} can do nothing: ${listed(canDoNothing)}`],
    ...unresolved.length === 0 ? [] : ['', `known at deployment only, and named by the key policy: ${listed(unresolved)}`],
    ...serviceGrants.length === 0 ? [] : ['', 'Grants that services make, and use with no further permission, for resources under the key, and by whose calls:'],
    ...grantLines(serviceGrants),
  ].join('\n');
}

/** Services for which the same is to be said are told of together. */
function grantLines(grants: readonly MatrixGrant[]): string[] {
  const services = new Map<string, string[]>();
  for (const { service, viaService, makers, resources, operations } of grants) {
    const made = makers.length === 0 ? [] : [`by ${listed(makers.map(({ who, verdict }) => verdict === 'allowed' ? who : `${who} (${verdict})`))}`];
    const said = [...resources.length === 0 ? [] : [`for ${listed(resources)}`], ...made].join('; ');
    services.set(said, [...services.get(said) ?? [], `${service} (${viaService}${operations ? `: ${operations.join(', ')}` : ''})`]);
  }
  return [...services].map(([said, names]) => `  ${names.join(', ')}: ${said}`);
}

function rowOf({ who, assumed, cells, couldGiveItselfUse }: MatrixRow, notes: Notes): string[] {
  return [assumed === undefined ? who : `${who} (assumed)`, ...cells.map((cell) => cellText(cell, notes)), couldText(couldGiveItselfUse, notes)];
}

function cellText({ whole, answers }: MatrixCell, notes: Notes): string {
  if (answers.length === 0) {
    return '-';
  }
  if (whole && answers[0].verdict === 'allowed') {
    return 'yes';
  }
  return `${SYMBOLS[strongest(answers)]} [${notes.number(...answers.flatMap(answerLines))}]`;
}

/** The ways of an action together; what an action of AWS KMS gives is plain, where nothing is asked beside. */
function couldText(could: readonly CouldGiveItself[], notes: Notes): string {
  const texts = [...new Set(could.map(({ action }) => action))].map((action) => {
    const ways = could.filter((one) => one.action === action);
    const name = action.replace(/^kms:/, '');
    const isPlain = name !== action && ways.every(({ verdict }) => verdict === 'allowed');
    return isPlain ? name : `${name}${MARKS[strongest(ways)]} [${notes.number(...ways.flatMap(couldLines))}]`;
  });
  return texts.join(', ') || '-';
}

function couldLines({ action, how, verdict, conditions }: CouldGiveItself): string[] {
  const said = `${action}: ${how}`;
  return verdict === 'conditional' ? withWays(said, conditions) : [verdict === 'unknown' ? `${said} (not known)` : said];
}

function strongest(answers: readonly { readonly verdict: Verdict }[]): Verdict {
  return (['allowed', 'conditional', 'unknown'] as const).find((verdict) => answers.some((answer) => answer.verdict === verdict)) ?? 'denied';
}

function answerLines({ actions, verdict, conditions, notKnown }: CellAnswer): string[] {
  const names = actions.join(', ');
  return verdict === 'conditional' ? withWays(names, conditions) : [verdict === 'unknown' ? `${names}: ${notKnown.join('; ')}` : names];
}

/** A line for each way to meet conditions. */
function withWays(names: string, conditions: Decision['conditions']): string[] {
  return conditions.map((way, i) => `${i === 0 ? names : '  or'} ${conditionsText([way])}`);
}

function listed(names: readonly string[]): string {
  const left = names.length - MOST_NAMED;
  return left > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${left} more` : names.join(', ');
}

function legend(keys: readonly KeyMatrix[]): string[] {
  const verbs = new Map(keys.flatMap((key) => key.verbs).map(({ name, actions }) => [`${name}: ${actions.join(', ')}`, name]));
  const assumed = new Set(keys.flatMap(({ rows }) => rows.flatMap((row) => row.assumed === undefined ? [] : [row.assumed])));
  return [
    'yes: all actions of the verb; some: those of the note; if: under conditions; ?: not known; -: denied',
    ...[...verbs.keys()],
    ...[...assumed].map((text) => `assumed: ${text}`),
    'others: what an account can do whose IAM allows everything, in these templates or outside, now or later',
  ];
}
