import { isDeepStrictEqual } from 'node:util';
import { difference } from './difference';

/** Counts and prints the assertions. */
export class Checks {
  public passed = 0;
  public failed = 0;

  public equal(claim: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) {
      this.passed += 1;
      this.say(`  ok    ${claim}`);
    } else {
      this.fail(`${claim}: ${difference(actual, expected)}.`);
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
