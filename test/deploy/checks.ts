import { isDeepStrictEqual } from 'node:util';
import { difference } from './difference';

/** Counts and prints the assertions. */
export class Checks {
  public passed = 0;
  public failed = 0;

  /** @param prefix what each line begins with */
  constructor(private readonly prefix = '') {}

  /** Counts those of another, too. */
  public add({ passed, failed }: Checks): void {
    this.passed += passed;
    this.failed += failed;
  }

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

  /** Says how long something took. */
  public async timed(what: string, run: () => Promise<void>): Promise<void> {
    const began = Date.now();
    await run();
    this.say(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }

  public say(line: string): void {
    process.stdout.write(`${this.prefix}${line}\n`);
  }
}
