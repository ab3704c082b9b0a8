import { KmsPatternsError } from '../private/kms-patterns-error';

/** Things by all the names that people have for them. */
export class NameIndex<T> {
  private readonly byName = new Map<string, Set<T>>();

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
    this.add(thing, logicalId, `${stack}/${logicalId}`, constructPath, constructPath?.replace(/(\/(Resource|Default))+$/, ''));
  }

  public find(name: string): T | undefined {
    const things = this.byName.get(name);
    if (things && things.size > 1) {
      throw new KmsPatternsError(`Ambiguous${this.what[0].toUpperCase()}${this.what.slice(1)}`,
        `${things.size} of the templates have a ${this.what} of this name, given: '${name}'; write its ARN, or StackName/LogicalId`);
    }
    return things && [...things][0];
  }
}
