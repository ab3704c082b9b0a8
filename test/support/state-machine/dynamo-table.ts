import { AttributeValue, DynamoExpression, Item, Names } from './dynamo-expression';
import { DynamoIndex, KeyNames } from './dynamo-index';
import { StateError } from './state-error';
import { VirtualClock } from './virtual-clock';

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

/** How long after a change its indexes know of it. */
export interface Lag {
  readonly clock: VirtualClock;
  /** In milliseconds. */
  readonly of: () => number;
}

/** A table of Amazon DynamoDB in memory, as state machines call it. */
export class DynamoTable {
  private readonly all = new Map<string, Item>();
  private readonly own: DynamoIndex;
  private readonly indexes: Readonly<Record<string, DynamoIndex>>;
  /** When the indexes know of the last change of an item. */
  private readonly known = new Map<string, number>();

  /** @param lag without it, indexes are never late */
  constructor(private readonly key: KeyNames, indexes: Readonly<Record<string, KeyNames>> = {}, private readonly lag?: Lag) {
    this.own = new DynamoIndex(key);
    this.indexes = Object.fromEntries(Object.entries(indexes).map(([name, names]) => [name, new DynamoIndex(names)]));
  }

  public get items(): ReadonlyMap<string, Item> {
    return this.all;
  }

  public clear(): void {
    this.all.clear();
    [this.own, ...Object.values(this.indexes)].forEach((index) => index.clear());
  }

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
        const item = this.all.get(this.idOf(request.Key!));
        return item ? { Item: item } : {};
      }
      case 'query': return this.query(request);
      default: throw new Error(`The table has no ${action}`);
    }
  }

  private write(resource: string, request: Request, key: Item, change: (item: Item) => Item | undefined): unknown {
    const id = this.idOf(key);
    const item = this.all.get(id);
    if (request.ConditionExpression && !new DynamoExpression(request.ConditionExpression, item ?? {}, request).holds()) {
      const service = resource.includes('aws-sdk') ? 'DynamoDb' : 'DynamoDB';
      throw new StateError(`${service}.ConditionalCheckFailedException`, 'The conditional request failed (Service: DynamoDb, Status Code: 400)');
    }
    const changed = change(item ?? {});
    replace(this.own, item, changed);
    this.afterLag(id, () => Object.values(this.indexes).forEach((index) => replace(index, item, changed)));
    if (changed) {
      this.all.set(id, changed);
    } else {
      this.all.delete(id);
    }
    return request.ReturnValues === 'ALL_NEW' ? { Attributes: changed } : {};
  }

  /** Indexes learn of the changes of an item in their order. */
  private afterLag(id: string, act: () => void): void {
    if (!this.lag) {
      act();
      return;
    }
    const { clock, of } = this.lag;
    const at = Math.max(this.known.get(id) ?? 0, clock.now + of());
    this.known.set(id, at);
    clock.at(at, act);
  }

  private query({ IndexName, Limit = 1000, ScanIndexForward = true, ...request }: Request): unknown {
    const index = IndexName === undefined ? this.own : this.indexes[IndexName];
    const all = index.partition(this.partitionOf(index.key, request));
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
      } else if (seen > 0) {
        break; // The condition is of a range.
      }
    }
    const last = ordered[from - 1];
    const more = seen === Limit && from < ordered.length ? { LastEvaluatedKey: this.keyOf(last, index.key) } : {};
    return request.Select === 'COUNT' ? { Count: found.length, ...more } : { Items: this.projected(index.key, found), Count: found.length, ...more };
  }

  private projected({ attributes, ...names }: KeyNames, items: readonly Item[]): readonly Item[] {
    const known = attributes && new Set([...attributes, ...Object.values(names), ...Object.values(this.key)]);
    return known ? items.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => known.has(name)))) : items;
  }

  private partitionOf({ partitionKey }: KeyNames, { KeyConditionExpression = '', ExpressionAttributeNames, ExpressionAttributeValues }: Request): AttributeValue {
    const [, , value] = [...KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)]
      .find(([, name]) => (ExpressionAttributeNames?.[name] ?? name) === partitionKey) ?? [];
    const partition = ExpressionAttributeValues?.[value];
    if (!partition) {
      throw new Error(`ValidationException: the condition is not of ${partitionKey}: ${KeyConditionExpression}`);
    }
    return partition;
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

function replace(index: DynamoIndex, before: Item | undefined, after: Item | undefined): void {
  if (before) {
    index.remove(before);
  }
  if (after) {
    index.add(after);
  }
}
