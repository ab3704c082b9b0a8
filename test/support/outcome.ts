import fc from 'fast-check';
import { KmsPatternsError } from '../../src/private/kms-patterns-error';

/** What a function returns, or the error that it throws. */
export function outcome<T>(make: () => T): T | Error {
  try {
    return make();
  } catch (error) {
    return error as Error;
  }
}

/** `a reason` for the documented errors, ours and those of CDK; the error itself for what slipped through. */
export function refusal(error: Error): string {
  const ours = error instanceof KmsPatternsError && /^[A-Z]\w+: .+ \[at .+\]$/s.test(error.message);
  const ofCdk = ['ValidationError', 'UnscopedValidationError'].includes(error.constructor.name);
  return ours || ofCdk ? 'a reason' : `${error.constructor.name} ${error.stack}`;
}

/** Of 60 shapes, each is made and keeps what it promises, or is refused with a reason; most are made, and some are refused. */
export function assertKeptOrRefused<S, T>(shapes: fc.Arbitrary<S>, make: (shape: S) => T, assertPromise: (made: T) => void): void {
  const outcomes = { kept: 0, refused: 0 };
  fc.assert(fc.property(shapes, (shape) => {
    const result = outcome(() => make(shape));
    if (result instanceof Error) {
      expect(refusal(result)).toBe('a reason');
      outcomes.refused++;
    } else {
      assertPromise(result);
      outcomes.kept++;
    }
  }), { numRuns: 60, seed: 2026 });

  expect(outcomes.kept).toBeGreaterThan(outcomes.refused);
  expect(outcomes.refused).toBeGreaterThan(0);
}
