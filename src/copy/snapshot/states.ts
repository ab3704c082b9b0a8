/** A state of AWS Step Functions, with JSONata. */
export interface State {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Map' | 'Succeed' | 'Fail';
  readonly [field: string]: unknown;
}

/** Some states of a machine, by name. */
export type States = Readonly<Record<string, State>>;

/** A text that AWS Step Functions evaluates. */
export function jsonata(expression: string): string {
  return `{% ${expression} %}`;
}

/** Whatever went wrong, for what can be done again. AWS SDK for Java has other names for it than the pages have. */
const AGAIN = { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 8, MaxDelaySeconds: 60, JitterStrategy: 'FULL' };

/** A call that can be made twice without harm: it is made again until it is answered, for some minutes. */
export function repeatable(resource: string, state: Omit<State, 'Type' | 'Retry' | 'Resource'>, never: readonly string[] = []): State {
  const fatal = never.length > 0 ? [{ ErrorEquals: never, MaxAttempts: 0 }] : [];
  return { Type: 'Task', Resource: resource, Retry: [...fatal, AGAIN], ...state };
}
