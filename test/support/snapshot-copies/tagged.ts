export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagFilter {
  /** `tag:KEY` */
  readonly Name: string;
  readonly Values: readonly string[];
}

/** Things by their ids, which are found by their tags without a look at each: a simulation has ten thousand of them. */
export class Tagged<T extends { readonly Tags: readonly Tag[] }> extends Map<string, T> {
  private readonly byTag = new Map<string, Set<string>>();

  public override set(id: string, thing: T): this {
    for (const { Key, Value } of thing.Tags) {
      const name = nameOf(`tag:${Key}`, Value);
      this.byTag.set(name, (this.byTag.get(name) ?? new Set<string>()).add(id));
    }
    return super.set(id, thing);
  }

  public found(filters: readonly TagFilter[]): T[] {
    const sets = filters.map(({ Name, Values }) => Values.map((value) => this.byTag.get(nameOf(Name, value)) ?? new Set<string>()));
    const [fewest = [new Set(this.keys())]] = sets.sort((a, b) => sizeOf(a) - sizeOf(b));
    const matches = ({ Tags }: T) => filters.every(({ Name, Values }) => Tags.some(({ Key, Value }) => `tag:${Key}` === Name && Values.includes(Value)));
    return [...new Set(fewest.flatMap((ids) => [...ids]))].flatMap((id) => this.get(id) ?? []).filter(matches);
  }
}

function sizeOf(sets: readonly ReadonlySet<string>[]): number {
  return sets.reduce((sum, { size }) => sum + size, 0);
}

function nameOf(name: string, value: string): string {
  return `${name}=${value}`;
}
