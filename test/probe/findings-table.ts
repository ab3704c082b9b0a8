import { compared, notSeen } from './comparison';
import { KmsCall } from './kms-call';
import { Operation } from './operation';

export interface Observed {
  readonly operation: Operation;
  /** The ARNs of its keys. */
  readonly source: string;
  readonly destination: string;
  /** What else it saw. */
  readonly notes?: readonly string[];
  /** Why it was not done to its end. */
  readonly failure?: string;
}

/** A line for each kind of call, what differs first. */
export function findingsTable(observed: readonly Observed[], calls: readonly KmsCall[]): string[] {
  const rows = observed.flatMap((each) => rowsOf(each, calls)).sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const lines = rows.map(({ verdict, cells }) => [verdict, ...cells]);
  const header = ['', 'operation', 'key', 'action', 'principal', 'through', 'context', 'because'];
  const widths = header.map((title, column) => Math.min(48, Math.max(title.length, ...lines.map((line) => line[column].length))));
  return [
    ...[header, ...lines].map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()),
    ...observed.filter(({ failure }) => failure).map(({ operation, failure }) => `${operation.name} was not done to its end: ${failure}`),
    ...observed.flatMap(({ operation, notes = [] }) => notes.map((note) => `${operation.name} saw: ${note}`)),
    ...observed.flatMap((each) => contextsOf(each, calls)),
    ORDER.map((verdict) => `${rows.filter((row) => row.verdict === verdict).length} ${verdict}`).join(', '),
  ];
}

const ORDER = ['differs', 'not seen', 'agrees'];

/** With their values, whose form no page may print. */
function contextsOf({ operation, source, destination }: Observed, calls: readonly KmsCall[]): string[] {
  const pairs = calls.filter(({ key }) => key === source || key === destination).flatMap(({ context }) => Object.entries(context));
  return [...new Set(pairs.map(([name, value]) => `${operation.name} sent: ${name} = ${value}`))].sort();
}

function rowsOf({ operation, source, destination }: Observed, calls: readonly KmsCall[]): { verdict: string; cells: string[] }[] {
  const keys: Record<string, string> = { [source]: 'source', [destination]: 'destination' };
  const its = calls.filter(({ key }) => key in keys);
  const grants = its.filter(({ grant }) => grant);
  const rows = its.map((call) => {
    const { verdict, because } = compared(call, operation.services, grants);
    const { key, action, principal, via, byService, context } = call;
    const pairs = Object.keys(context).sort().join(', ') || '–';
    const place = `${keys[key]} (${key.split(':')[3]})`;
    return { verdict, cells: [operation.name, place, action, principal, byService ? 'itself' : via ?? '–', pairs, because] };
  });
  const missing = notSeen(its, operation.services).map(({ action, service }) => (
    { verdict: 'not seen', cells: [operation.name, '–', action, '–', '–', '–', `listed for callers of ${service}`] }
  ));
  return [...new Map([...rows, ...missing].map((row) => [JSON.stringify(row), row])).values()];
}
