/** The conditions of a statement: operator → condition key → values. */
export type Conditions = { [operator: string]: { [key: string]: string | string[] } };

/** Conditions that all must hold. Where two parts ask the same key with the same operator, the later one, which is the narrower, stays. */
export function allOf(...parts: Conditions[]): Conditions {
  const all: Conditions = {};
  for (const part of parts) {
    for (const [operator, keys] of Object.entries(part)) {
      all[operator] = { ...all[operator], ...keys };
    }
  }
  return all;
}

/** One value alone, several as a sorted list without duplicates. */
export function oneOrMore(values: readonly string[]): string | string[] {
  const sorted = [...new Set(values)].sort();
  return sorted.length === 1 ? sorted[0] : sorted;
}
