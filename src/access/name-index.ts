import { readable, Text } from './text/text';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** Something that people name by its ARN, by a name of its own, or as a resource of a template. */
export interface Named {
  readonly arn: Text;
  readonly name?: Text;
  readonly stack?: string;
  readonly logicalId?: string;
  readonly constructPath?: string;
}

const MOST_LISTED = 5;

/** Things by all the names that people have for them. */
export class NameIndex<T extends Named> {
  private readonly byName = new Map<string, Set<T>>();

  /** What is named, in an error: `key`. */
  constructor(private readonly what: string) {}

  /** Under its ARN, its construct path, its logical id, that with its stack, and further names. */
  public add(thing: T, ...further: readonly string[]): void {
    const { arn, constructPath, logicalId } = thing;
    for (const name of [...namesOf(thing), arn, constructPath, logicalId, ...further]) {
      if (name !== undefined) {
        this.byName.set(name, (this.byName.get(name) ?? new Set<T>()).add(thing));
      }
    }
  }

  public find(name: string): T | undefined {
    const things = this.byName.get(name);
    if (things && things.size > 1) {
      const own = [...things].slice(0, MOST_LISTED).map((thing) => `'${this.nameOf(thing)}'`);
      throw new KmsPatternsError(`Ambiguous${this.what[0].toUpperCase()}${this.what.slice(1)}`,
        `the templates make ${things.size} of this name, given: '${name}'; write ${own.join(' or ')}${things.size > own.length ? ', or the name of another' : ''}`);
    }
    return things && [...things][0];
  }

  /** The shortest telling name that nothing else has. */
  public nameOf(thing: T): string {
    const names = namesOf(thing);
    return names.find((name) => this.byName.get(name)?.size === 1) ?? names.at(-1)!;
  }
}

/** The construct path without `Resource` or `Default` at its end, the logical id with its stack, the name of what no template makes, and the ARN. */
function namesOf({ arn, name, stack, logicalId, constructPath }: Named): string[] {
  return [
    constructPath?.replace(/(\/(Resource|Default))+$/, ''),
    stack === undefined ? name && readable(name) : `${stack}/${logicalId}`,
    readable(arn),
  ].filter((one) => one !== undefined);
}
