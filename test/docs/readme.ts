import { serviceTable } from '../../src/service/service-table';

/** The README with the table of services as the catalogue has it. */
export function withServiceTable(readme: string): string {
  const [start, end] = ['<!-- services -->\n', '<!-- /services -->'];
  const [before, rest] = readme.split(start);
  const [, after] = rest.split(end);
  return `${before}${start}\n${serviceTable().trim()}\n\n${end}${after}`;
}
