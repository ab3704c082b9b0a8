/** What a state ends with, as catchers and retriers see it. */
export class StateError extends Error {
  constructor(public readonly name: string, message: string) {
    super(message);
  }

  public isOneOf(names: readonly string[]): boolean {
    return names.some((name) => name === this.name
      || name === 'States.ALL' && this.name !== 'States.DataLimitExceeded' && this.name !== 'States.Runtime'
      || name === 'States.TaskFailed' && !this.name.startsWith('States.'));
  }
}

/** An execution that was stopped from outside, which no state catches. */
export class Stopped extends Error {}
