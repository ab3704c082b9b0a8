import { CellAnswer, CouldGiveItself, KeyMatrix, MatrixCell, MatrixGrant, MatrixRow } from './access-matrix';
import { conditionsText } from './requirement-text';
import { textTable } from './text-table';
import { Verdict } from '../access/decision/decision';

/** Longer lists are in the JSON. */
const MOST_NAMED = 20;
const SYMBOLS: Readonly<Record<Verdict, string>> = { allowed: 'some', conditional: 'if', unknown: '?', denied: '-' };

/** Who can do what with which key, as text: a table for each key, then the notes and what the words mean. */
export function matrixTable(keys: readonly KeyMatrix[]): string {
  if (keys.length === 0) {
    return 'The templates make no key.';
  }
  const notes = new Notes();
  const tables = keys.map((key) => keyTable(key, notes));
  return [...tables, ...notes.lines.length > 0 ? [notes.lines.join('\n')] : [], legend(keys).join('\n')].join('\n\n');
}

/** Sentences that several cells refer to by their number. */
class Notes {
  public readonly lines: string[] = [];
  private readonly numbers = new Map<string, number>();

  public number(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size + 1;
      this.numbers.set(text, number);
      this.lines.push(`[${number}] ${text}`);
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
    ...serviceGrants.map(grantLine),
  ].join('\n');
}

function grantLine({ service, viaService, makers, resources, operations }: MatrixGrant): string {
  const made = makers.length === 0 ? [] : [`by ${listed(makers.map(({ who, verdict }) => verdict === 'allowed' ? who : `${who} (${verdict})`))}`];
  return `  ${service} (${viaService})${operations ? `, ${operations.join(', ')}` : ''}: `
    + [...resources.length === 0 ? [] : [`for ${listed(resources)}`], ...made].join('; ');
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
  const [strongest] = (['allowed', 'conditional', 'unknown'] as const).filter((verdict) => answers.some((answer) => answer.verdict === verdict));
  const only = whole ? answerText(answers[0]) : answers.map((answer) => `${answer.actions.join(', ')}${detail(answer)}`).join('. ');
  return `${SYMBOLS[strongest]} [${notes.number(only)}]`;
}

function couldText(could: readonly CouldGiveItself[], notes: Notes): string {
  const texts = could.map(({ action, verdict, conditions }) => {
    const name = action.replace(/^kms:/, '');
    return verdict === 'allowed' ? name : verdict === 'unknown' ? `${name}?` : `${name} if [${notes.number(conditionsText(conditions).replace(/^if /, ''))}]`;
  });
  return [...new Set(texts)].join(', ') || '-';
}

function answerText(answer: CellAnswer): string {
  return detail(answer).replace(/^[ :]+(if )?/, '');
}

function detail({ verdict, conditions, notKnown }: CellAnswer): string {
  return verdict === 'conditional' ? ` ${conditionsText(conditions)}` : verdict === 'unknown' ? `: ${notKnown.join('; ')}` : '';
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
  ];
}
