import fc from 'fast-check';

export const orNothing = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values);

/** What is valid, nine times of ten: of many properties one would be invalid nearly always, and every shape be refused. */
export const mostly = <T>(valid: fc.Arbitrary<T>, any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: valid }, { weight: 1, arbitrary: any });
