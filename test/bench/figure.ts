/** Something measured, and what it must keep to. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Prints a table, and has the process end with 1 where a figure misses its target. */
export function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const figure of figures) {
    const { what, value, atMost, atLeast } = figure;
    const target = [...atMost === undefined ? [] : [`at most ${atMost}`], ...atLeast === undefined ? [] : [`at least ${atLeast}`]].join(', ');
    process.stdout.write(`${what.padEnd(width)}  ${value.toFixed(2).padStart(10)}  ${target}${isMissed(figure) ? '  MISSED' : ''}\n`);
  }
  if (figures.some(isMissed)) {
    process.exitCode = 1;
  }
}

function isMissed({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return !(value <= atMost && value >= atLeast);
}
