import { isDeepStrictEqual } from 'node:util';

const LONGEST = 1000;

/** Where two values first differ, and how: whole templates and policies are too long to compare by eye. */
export function difference(actual: any, expected: any, path = ''): string {
  const bothObjects = [actual, expected].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  const bothLists = Array.isArray(actual) && Array.isArray(expected) && actual.length === expected.length;
  if (bothObjects || bothLists) {
    const name = [...Object.keys(expected), ...Object.keys(actual)].find((key) => !isDeepStrictEqual(actual[key], expected[key]));
    if (name !== undefined) {
      return difference(actual[name], expected[name], `${path}/${name}`);
    }
  }
  return `read back ${text(actual)}, expected ${text(expected)}${path ? ` at ${path}` : ''}`;
}

function text(value: unknown): string {
  const whole = typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}
