import { isDeepStrictEqual } from 'node:util';

/** Counts and prints the assertions. */
export class Checks {
  public passed = 0;
  public failed = 0;

  public equal(claim: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) {
      this.passed += 1;
      this.say(`  ok    ${claim}`);
    } else {
      this.fail(`${claim}: read back ${text(actual)}, expected ${text(expected)}.`);
    }
  }

  public fail(sentence: string): void {
    this.failed += 1;
    this.say(`  FAIL  ${sentence}`);
  }

  public say(line: string): void {
    process.stdout.write(`${line}\n`);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
}
