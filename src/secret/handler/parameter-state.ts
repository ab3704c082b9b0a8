const OWNER = 'cdk-kms-patterns:owner';
const STATE = 'cdk-kms-patterns:state';
const REQUESTS = 'cdk-kms-patterns:requests';
/** A tag has room for 256 characters. */
const MOST_SOURCES = 9;
const MOST_REQUESTS = 20;
const UNKNOWN = '-';
/** Tags are for everybody to write. */
const READABLE = /^\S+ \S+( \S+=\d+)*$/;

/** The tags with which the state of a parameter is kept. Values of parameters are in none. */
export const STATE_TAGS: readonly string[] = [OWNER, STATE, REQUESTS];

/**
 * What is remembered of a parameter, on the parameter itself: a rollback must bring the old value back, a request may come twice,
 * and the function may end between any two calls.
 */
export class ParameterState {
  /** Of nothing else than tags: no tags, no state. */
  public static of(tags: Readonly<Record<string, string>>): ParameterState {
    const [source, setting, ...left] = (READABLE.test(tags[STATE] ?? '') ? tags[STATE] : `${UNKNOWN} ${UNKNOWN}`).split(' ');
    return new ParameterState(
      tags[OWNER],
      source,
      setting,
      new Map(left.map((entry) => entry.split('=')).map(([name, version]) => [name, Number(version)])),
      (tags[REQUESTS] ?? '').split(' ').filter((request) => request !== ''),
    );
  }

  /** A parameter that a request made. */
  public static made(owner: string, source: string, setting: string, request: string): ParameterState {
    return new ParameterState(owner, source, setting, new Map(), [request]);
  }

  private constructor(
    /** Stands for the resource of a stack that the parameter belongs to. */
    public readonly owner: string | undefined,
    /** Where the value came from, and how it is kept. */
    public readonly source: string,
    public readonly setting: string,
    /** The versions to go back to: that which was current when its source was left. */
    private readonly left: ReadonlyMap<string, number>,
    private readonly requests: readonly string[],
  ) {}

  /** Where somebody removed the tags, the parameter is as CloudFormation knows it from the last update. */
  public orElse(source: string, setting: string): ParameterState {
    return this.source === UNKNOWN ? new ParameterState(this.owner, source, setting, this.left, this.requests) : this;
  }

  /** Whether the request was done before. */
  public did(request: string): boolean {
    return this.requests.includes(request);
  }

  /** The version that held the value of a source when it was left. */
  public versionOf(source: string): number | undefined {
    return this.left.get(source);
  }

  /** The version that was current before a change which was begun, and of which it is not known how far it came. */
  public get before(): number | undefined {
    return this.left.get(this.source);
  }

  /** A change begins. What is known of an earlier one that did not end stays: the version that it came from is the one to go back to. */
  public begun(version: number): ParameterState {
    return this.before === undefined
      ? new ParameterState(this.owner, this.source, this.setting, new Map([...this.left, [this.source, version]]), this.requests)
      : this;
  }

  /** The request is done. */
  public done(owner: string, source: string, setting: string, request: string): ParameterState {
    const left = new Map(this.left);
    left.delete(source);
    return new ParameterState(owner, source, setting, left, [...this.requests, request]);
  }

  public get tags(): Record<string, string> {
    const left = [...this.left].slice(-MOST_SOURCES).map(([source, version]) => `${source}=${version}`);
    return {
      ...this.owner === undefined ? {} : { [OWNER]: this.owner },
      [STATE]: [this.source, this.setting, ...left].join(' '),
      [REQUESTS]: this.requests.slice(-MOST_REQUESTS).join(' '),
    };
  }
}
