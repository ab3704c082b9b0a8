import { IConstruct } from 'constructs';

/**
 * The one way in which this library refuses an input: a stable code, the construct, and a sentence
 * that says what is wrong, what was given and what to write instead.
 */
export class KmsPatternsError extends Error {
  constructor(public readonly code: string, message: string, scope?: IConstruct) {
    super(`${code}: ${message}${scope ? ` [at ${scope.node.path || 'App'}]` : ''}`);
    this.name = 'KmsPatternsError';
  }
}
