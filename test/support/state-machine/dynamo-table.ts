import { AttributeValue, DynamoExpression, Item, Names, orderOf } from './dynamo-expression';
import { StateError } from './state-error';

export interface KeyNames {
  readonly partitionKey: string;
  readonly sortKey?: string;
}

interface Request extends Names {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly FilterExpression?: string;
  readonly Limit?: number;
  readonly ScanIndexForward?: boolean;
  readonly ExclusiveStartKey?: Item;
  readonly Select?: string;
  readonly ReturnValues?: 'NONE' | 'ALL_NEW';
}

/** A table of Amazon DynamoDB in memory, as state machines call it; indexes are never late. */
export class DynamoTable {
  public readonly items = new Map<string, Item>();
  /** By index and partition, in order; made where it is asked for. */
  private readonly sorted = new Map<string, Item[]>();

  constructor(private readonly key: KeyNames, private readonly indexes: Readonly<Record<string, KeyNames>> = {}) {}

  /** @param resource such as `arn:aws:states:::aws-sdk:dynamodb:updateItem` or `arn:aws:states:::dynamodb:updateItem` */
  public call(resource: string, request: Request): unknown {
    const action = resource.split(':').at(-1)!;
    switch (action) {
      case 'putItem': return this.write(resource, request, request.Item!, () => request.Item!);
      case 'updateItem': return this.write(resource, request, request.Key!, (item) => ({
        ...request.Key!, ...new DynamoExpression(request.UpdateExpression!, item, request).updated(),
      }));
      case 'deleteItem': return this.write(resource, request, request.Key!, () => undefined);
      case 'getItem': {
        const item = this.items.get(this.idOf(request.Key!));
        return item ? { Item: item } : {};
      }
      case 'query': return this.query(request);
      default: throw new Error(`The table has no ${action}`);
    }
  }

  private write(resource: string, request: Request, key: Item, change: (item: Item) => Item | undefined): unknown {
    const id = this.idOf(key);
    const item = this.items.get(id);
    if (request.ConditionExpression && !new DynamoExpression(request.ConditionExpression, item ?? {}, request).holds()) {
      const service = resource.includes('aws-sdk') ? 'DynamoDb' : 'DynamoDB';
      throw new StateError(`${service}.ConditionalCheckFailedException`, 'The conditional request failed (Service: DynamoDb, Status Code: 400)');
    }
    const changed = change(item ?? {});
    this.unsort(item, changed);
    if (changed) {
      this.items.set(id, changed);
    } else {
      this.items.delete(id);
    }
    return request.ReturnValues === 'ALL_NEW' ? { Attributes: changed } : {};
  }

  private query({ IndexName, Limit = 1000, ScanIndexForward = true, ...request }: Request): unknown {
    const key = IndexName === undefined ? this.key : this.indexes[IndexName];
    const values = request.ExpressionAttributeValues ?? {};
    const all = this.candidates(IndexName, key, Object.values(values));
    const ordered = ScanIndexForward ? all : [...all].reverse();
    const found: Item[] = [];
    let seen = 0;
    const start = request.ExclusiveStartKey;
    let from = start ? ordered.findIndex((item) => this.idOf(item) === this.idOf(start)) + 1 : 0;
    for (; from < ordered.length && seen < Limit; from++) {
      const item = ordered[from];
      if (new DynamoExpression(request.KeyConditionExpression!, item, request).holds()) {
        seen++; // The limit is of items that are looked at, before the filter.
        if (!request.FilterExpression || new DynamoExpression(request.FilterExpression, item, request).holds()) {
          found.push(item);
        }
      }
    }
    const last = ordered[from - 1];
    const more = seen === Limit && from < ordered.length ? { LastEvaluatedKey: this.keyOf(last, key) } : {};
    return request.Select === 'COUNT' ? { Count: found.length, ...more } : { Items: found, Count: found.length, ...more };
  }

  /** The items of the partitions that the values can name, in the order of the sort key. */
  private candidates(index: string | undefined, key: KeyNames, values: readonly AttributeValue[]): readonly Item[] {
    const partitions = values.map((value) => JSON.stringify([index, value]));
    for (const [i, partition] of partitions.entries()) {
      if (!this.sorted.has(partition)) {
        const items = [...this.items.values()].filter((item) => JSON.stringify(item[key.partitionKey]) === JSON.stringify(values[i])
          && (key.sortKey === undefined || key.sortKey in item));
        items.sort((a, b) => key.sortKey === undefined ? 0 : orderOf(a[key.sortKey], b[key.sortKey]));
        this.sorted.set(partition, items);
      }
    }
    return partitions.flatMap((partition) => this.sorted.get(partition)!);
  }

  private unsort(before: Item | undefined, after: Item | undefined): void {
    const named: [string | undefined, KeyNames][] = [[undefined, this.key], ...Object.entries(this.indexes)];
    for (const [index, { partitionKey, sortKey }] of named) {
      for (const item of [before, after]) {
        const partition = item?.[partitionKey] && this.sorted.get(JSON.stringify([index, item[partitionKey]]));
        if (!partition) {
          continue;
        }
        if (item === before) {
          const at = partition.indexOf(item); // Not there where it has no sort key.
          partition.splice(at, at < 0 ? 0 : 1);
        } else if (sortKey === undefined || sortKey in item) {
          const at = sortKey === undefined ? partition.length : upper(partition, item[sortKey], sortKey);
          partition.splice(at, 0, item);
        }
      }
    }
  }

  private keyOf(item: Item, { partitionKey, sortKey }: KeyNames): Item {
    const names = [this.key.partitionKey, this.key.sortKey, partitionKey, sortKey].filter((name) => name !== undefined);
    return Object.fromEntries(names.map((name) => [name, item[name]]));
  }

  private idOf(item: Item): string {
    const { partitionKey, sortKey } = this.key;
    return JSON.stringify([item[partitionKey], sortKey && item[sortKey]]);
  }
}

/** Where an item belongs in a sorted partition, after its equals. */
function upper(partition: readonly Item[], value: AttributeValue, sortKey: string): number {
  let [low, high] = [0, partition.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (orderOf(partition[middle][sortKey], value) <= 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
