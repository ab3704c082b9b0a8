import { AttributeValue, Item, orderOf } from './dynamo-expression';

export interface KeyNames {
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** What an index has beside its keys and those of the table: everything, where it is not said. */
  readonly attributes?: readonly string[];
}

/** The items of a table by partition, in the order of the sort key, where they have both. */
export class DynamoIndex {
  private readonly partitions = new Map<string, Item[]>();

  constructor(public readonly key: KeyNames) {}

  public partition(value: AttributeValue): readonly Item[] {
    return this.partitions.get(nameOf(value)) ?? [];
  }

  public add(item: Item): void {
    if (this.has(item)) {
      const name = nameOf(item[this.key.partitionKey]);
      const items = this.partitions.get(name) ?? [];
      this.partitions.set(name, items);
      items.splice(this.placeOf(item, items, 0), 0, item);
    }
  }

  public remove(item: Item): void {
    if (this.has(item)) {
      const items = this.partitions.get(nameOf(item[this.key.partitionKey]))!;
      items.splice(items.indexOf(item, this.placeOf(item, items, -1)), 1);
    }
  }

  public clear(): void {
    this.partitions.clear();
  }

  private has(item: Item): boolean {
    return this.key.partitionKey in item && (this.key.sortKey === undefined || this.key.sortKey in item);
  }

  /** Before its equals, or after them. */
  private placeOf(item: Item, items: readonly Item[], equals: -1 | 0): number {
    const { sortKey } = this.key;
    let [low, high] = [0, sortKey === undefined ? 0 : items.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (orderOf(items[middle][sortKey!], item[sortKey!]) <= equals) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function nameOf(value: AttributeValue): string {
  return JSON.stringify(value);
}
