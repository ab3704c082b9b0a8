import { Onward } from './snapshot-kind';
import { jsonata, repeatable, State } from './states';

/** Where a claim stands. */
export enum ClaimState {
  WANTED = 'WANTED',
  COPYING = 'COPYING',
  COPIED = 'COPIED',
  FAILED = 'FAILED',
  /** The copy could not be deleted when its time had come. */
  KEPT = 'KEPT',
}

/** The index of claims by their state, the oldest first. */
export const BY_STATE = 'byState';
/** What the index has beside its keys. */
export const INDEXED = ['attempts', 'copy', 'made', 'reason'];

/** Another execution came first: nothing is changed. */
export const OVERTAKEN = 'DynamoDB.ConditionalCheckFailedException';

/** Strings as `text`, numbers as `number`, both JSONata. */
export const text = (expression: string): object => ({ S: jsonata(expression) });
export const number = (expression: string): object => ({ N: jsonata(`$string(${expression})`) });
export const is = (state: ClaimState): object => ({ S: state });

interface Update {
  /** JSONata */
  readonly snapshot: string;
  readonly set: Readonly<Record<string, object>>;
  readonly remove?: readonly string[];
  readonly where: readonly ['=' | '<>', ClaimState];
  /** JSONata: how many attempts there were when this was decided. Where there were others since, the condition does not hold. */
  readonly before?: string;
  readonly onward: Onward;
  /** Where to go on if the condition does not hold. */
  readonly overtaken: Onward;
  readonly returns?: boolean;
}

/** The calls of Amazon DynamoDB that claims need. */
export class ClaimsCalls {
  constructor(private readonly partition: string, private readonly TableName: string) {}

  /** A new claim, or a failed one anew where `again` is FAILED. */
  public claim(snapshot: string, attributes: Readonly<Record<string, object>>, again: string, onward: Onward, overtaken: Onward): State {
    return repeatable(this.resource('dynamodb:putItem'), {
      Arguments: {
        TableName: this.TableName,
        Item: { snapshot: text(snapshot), state: is(ClaimState.WANTED), ...attributes },
        ConditionExpression: 'attribute_not_exists(#snapshot) OR #state = :again',
        ExpressionAttributeNames: { '#snapshot': 'snapshot', '#state': 'state' },
        ExpressionAttributeValues: { ':again': text(again) },
      },
      Output: {},
      ...onward,
      Catch: [{ ErrorEquals: [OVERTAKEN], Output: {}, ...overtaken }],
    }, [OVERTAKEN]);
  }

  public get(snapshot: string, onward: Onward): State {
    return repeatable(this.resource('dynamodb:getItem'), {
      Arguments: { TableName: this.TableName, Key: { snapshot: text(snapshot) }, ConsistentRead: true }, Output: {}, ...onward,
    });
  }

  public forget(snapshot: string, onward: Onward): State {
    return repeatable(this.resource('dynamodb:deleteItem'), { Arguments: { TableName: this.TableName, Key: { snapshot: text(snapshot) } }, Output: {}, ...onward });
  }

  public update({ snapshot, set, remove = [], where: [operator, state], before, onward, overtaken, returns }: Update): State {
    const names = [...new Set([...Object.keys(set), ...remove, 'state', ...before === undefined ? [] : ['attempts']])];
    const removed = remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : '';
    return repeatable(this.resource('dynamodb:updateItem'), {
      Arguments: {
        TableName: this.TableName,
        Key: { snapshot: text(snapshot) },
        UpdateExpression: `SET ${Object.keys(set).map((name) => `#${name} = :${name}`).join(', ')}${removed}`,
        ConditionExpression: `#state ${operator} :was${before === undefined ? '' : ' AND #attempts = :before'}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
          ':was': is(state),
          ...before === undefined ? {} : { ':before': number(before) },
        },
        ...returns ? { ReturnValues: 'ALL_NEW' } : {},
      },
      Output: {},
      ...onward,
      Catch: [{ ErrorEquals: [OVERTAKEN], Output: {}, ...overtaken }],
    }, [OVERTAKEN]);
  }

  /** The oldest claims of a state. @param limit JSONata, @param until JSONata: not those of later */
  public oldest(state: ClaimState, limit: string, onward: Onward, until?: string): State {
    return repeatable(this.resource('aws-sdk:dynamodb:query'), {
      Arguments: {
        TableName: this.TableName,
        IndexName: BY_STATE,
        KeyConditionExpression: until ? '#state = :state AND #since <= :until' : '#state = :state',
        ExpressionAttributeNames: { '#state': 'state', ...until ? { '#since': 'since' } : {} },
        ExpressionAttributeValues: { ':state': is(state), ...until ? { ':until': text(until) } : {} },
        Limit: jsonata(limit),
      },
      Output: {},
      ...onward,
    });
  }

  private resource(call: string): string {
    return `arn:${this.partition}:states:::${call}`;
  }
}

/** JSONata: claims of the items that a query found. */
export const CLAIMS_FOUND = '[$states.result.Items.{\'snapshot\': snapshot.S, \'attempts\': $number(attempts.N), \'made\': made.S, \'since\': since.S, '
  + '\'copy\': $exists(copy.S) ? copy.S : \'\', \'reason\': $exists(reason.S) ? reason.S : \'\'}]';
