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
