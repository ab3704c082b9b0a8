import { ProbeOptions } from './probe-options';

/** What the probe is about to do, for whoever pays for it. */
export function probePlan({ operations, source, destination, minutes, clean }: ProbeOptions): string[] {
  if (clean) {
    return [`Deletes everything in ${source} and ${destination} that former probes left behind: by the tag kms-probe, and names that begin with kms-probe-.`];
  }
  const dollars = operations.reduce((sum, operation) => sum + operation.dollars, 0);
  const longest = Math.max(...operations.map((operation) => operation.minutes));
  return [
    `Makes in ${source}, and for copies in ${destination}, and deletes again:`,
    '',
    ...operations.map(({ name, makes, dollars: most, minutes: each }) => `  ${name.padEnd(15)} ${makes}: at most USD ${most.toFixed(2)}, ${each} minutes`),
    `  ${'keys'.padEnd(15)} two customer managed keys for each, deleted after seven days`,
    '',
    `Altogether at most about USD ${dollars.toFixed(2)} and ${Math.min(minutes, longest + 30)} minutes: all at once, then AWS CloudTrail, which takes a quarter of an hour.`,
    `It gives up after ${minutes} minutes, and deletes what there is. Everything is tagged kms-probe; --clean finds what an interrupted probe left behind.`,
  ];
}
