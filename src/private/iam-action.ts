/** Whether an action of a policy, which may end in `*`, covers another. IAM compares actions without case. */
function covers(pattern: string, action: string): boolean {
  const [wide, narrow] = [pattern.toLowerCase(), action.toLowerCase()];
  return wide.endsWith('*') ? narrow.startsWith(wide.slice(0, -1)) : wide === narrow;
}

/**
 * What two sets of actions have in common, sorted, in the spelling of the second.
 */
export function commonActions(asked: readonly string[], known: readonly string[]): string[] {
  const common = new Set<string>();
  for (const action of asked) {
    for (const fact of known) {
      if (covers(action, fact)) {
        common.add(fact);
      } else if (covers(fact, action)) {
        common.add(action);
      }
    }
  }
  return [...common].sort();
}

/** Whether every asked action is covered by the known ones. */
export function allKnown(asked: readonly string[], known: readonly string[]): boolean {
  return asked.every((action) => known.some((fact) => covers(fact, action)));
}
