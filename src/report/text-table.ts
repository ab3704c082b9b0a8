const GAP = '  ';

/**
 * Rows as aligned plain text. Where they are too wide, the cells of the widest column lose their beginnings, which paths share.
 */
export function textTable(rows: string[][], width = 120): string[] {
  const widths = columnWidths(rows, width);
  return rows.map((row) => row.map((cell, column) => fit(cell, widths[column])).join(GAP).trimEnd());
}

function columnWidths(rows: string[][], width: number): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const excess = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns - 1) - width;
  if (excess > 0) {
    widths[widths.indexOf(Math.max(...widths))] -= excess;
  }
  return widths;
}

function fit(cell: string, width: number): string {
  return cell.length <= width ? cell.padEnd(width) : `...${cell.slice(cell.length - width + 3)}`;
}
