import { isKnown } from './text/text';
import { KmsPatternsError } from '../private/kms-patterns-error';

const MOST_LISTED = 5;

/** Things by all the names that people have for them. */
export class NameIndex<T> {
  private readonly byName = new Map<string, Set<T>>();
  private readonly errors = new Map<string, KmsPatternsError>();

  /** What is named, in an error: `key`. */
  constructor(private readonly what: string) {}

  public add(thing: T, ...names: readonly (string | undefined)[]): void {
    for (const name of names) {
      if (name !== undefined) {
        this.byName.set(name, (this.byName.get(name) ?? new Set<T>()).add(thing));
      }
    }
  }

  /** Under its logical id, that with its stack, and its construct path, which need not say `Resource` or `Default` at the end. */
  public addResource(thing: T, stack: string, logicalId: string, constructPath: string | undefined): void {
    this.add(thing, constructPath?.replace(/(\/(Resource|Default))+$/, ''), constructPath, `${stack}/${logicalId}`, logicalId);
  }

  public find(name: string): T | undefined {
    const things = this.byName.get(name);
    if (things && things.size > 1) {
      const error = this.errors.get(name) ?? this.ambiguous(name, [...things]);
      this.errors.set(name, error);
      throw error;
    }
    return things && [...things][0];
  }

  private ambiguous(name: string, things: readonly T[]): KmsPatternsError {
    const own = things.slice(0, MOST_LISTED).map((thing) => this.ownName(thing)).filter((one) => one !== undefined).map((one) => `'${one}'`);
    return new KmsPatternsError(`Ambiguous${this.what[0].toUpperCase()}${this.what.slice(1)}`,
      `the templates make ${things.length} of this name, given: '${name}'; write ${own.length === 0 ? 'an ARN' : own.join(' or ')}`
      + (things.length > own.length ? ', or the name of another' : ''));
  }

  /** A name that nothing else has; an ARN last. */
  private ownName(thing: T): string | undefined {
    const own = [...this.byName].filter(([name, things]) => things.size === 1 && things.has(thing) && isKnown(name)).map(([name]) => name);
    return own.find((name) => !name.startsWith('arn:')) ?? own[0];
  }
}
