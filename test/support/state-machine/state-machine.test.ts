import { Definition } from './definition';
import { DynamoTable } from './dynamo-table';
import { StateError, Stopped } from './state-error';
import { Call, StateMachine, StateMachineOptions } from './state-machine';
import { VirtualClock } from './virtual-clock';

async function run(definition: Definition, call: Call = () => ({}), input: unknown = {}, options: Partial<StateMachineOptions> = {}) {
  const clock = options.clock ?? new VirtualClock(0);
  const machine = new StateMachine(definition, { clock, call, ...options });
  let output: unknown;
  let failure: Error | undefined;
  const done = machine.execute(input).then((result) => output = result, (error: Error) => failure = error);
  await clock.run();
  await done;
  return { output, failure, seconds: clock.now / 1000, transitions: machine.transitions };
}

const CALL = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:ec2:copySnapshot', End: true } as const;

test('a task is called with its arguments, and gives its output', async () => {
  const { output, transitions } = await run({
    StartAt: 'Copy',
    States: { Copy: { ...CALL, Arguments: { Id: '{% $states.input.id & "-copy" %}' }, Output: { id: '{% $states.result.SnapshotId %}' } } },
  }, (resource, args) => ({ SnapshotId: `${resource.split(':').at(-1)} ${args.Id}` }), { id: 'snap-1' });

  expect({ output, transitions }).toEqual({ output: { id: 'copySnapshot snap-1-copy' }, transitions: 1 });
});

test('a machine with a variable of a map that is assigned outside of it is not made', async () => {
  await expect(run({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: [1],
        Assign: { id: 1 },
        End: true,
        ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Done', Assign: { id: 2 } }] }, Done: { Type: 'Succeed' } } },
      },
    },
  })).rejects.toThrow('One assigns id, as states outside of its map do');
});

test.each([
  [undefined, [2, 2, 1]],
  [250, [1, 1, 1, 1, 1]],
  [330, [2, 2, 1]],
])('a distributed map gives two at most to an execution, of %s bytes together', async (MaxInputBytesPerBatch, sizes) => {
  const { output } = await run({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: Array.from({ length: 5 }, () => 'x'.repeat(150)),
        ItemBatcher: { MaxItemsPerBatch: 2, ...MaxInputBytesPerBatch && { MaxInputBytesPerBatch } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'One', States: { One: { Type: 'Pass', Output: '{% $count($states.input.Items) %}', End: true } },
        },
        End: true,
      },
    },
  });

  expect(output).toEqual(sizes);
});

test('a retry waits longer each time, and costs a transition', async () => {
  let calls = 0;
  const { output, seconds, transitions } = await run({
    StartAt: 'Copy',
    States: { Copy: { ...CALL, Retry: [{ ErrorEquals: ['Ec2.Ec2Exception'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 }] } },
  }, () => {
    if (++calls < 4) {
      throw new StateError('Ec2.Ec2Exception', 'ResourceLimitExceeded');
    }
    return 'done';
  });

  expect({ output, seconds, transitions }).toEqual({ output: 'done', seconds: 2 + 6 + 18, transitions: 4 });
});

test('what is not retried any longer is caught', async () => {
  const { output } = await run({
    StartAt: 'Copy',
    States: {
      Copy: {
        ...CALL,
        Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Tell', Output: '{% $states.errorOutput.Cause %}', Assign: { error: '{% $states.errorOutput.Error %}' } }],
      },
      Tell: { Type: 'Pass', Output: '{% $error & ": " & $states.input %}', End: true },
    },
  }, () => {
    throw new StateError('Ec2.Ec2Exception', 'gone');
  });

  expect(output).toBe('Ec2.Ec2Exception: gone');
});

test('a map runs as many at once as it may, and sees the variables; a distributed one does not', async () => {
  const clock = new VirtualClock(0);
  const mapOf = (Mode: 'INLINE' | 'DISTRIBUTED', Output: string): Definition => ({
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { base: 10 }, Next: 'Each' },
      Each: {
        Type: 'Map',
        Items: '{% [1..5] %}',
        MaxConcurrency: 2,
        End: true,
        ItemProcessor: {
          ProcessorConfig: { Mode },
          StartAt: 'Wait',
          States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Sum' }, Sum: { Type: 'Pass', Output, End: true } },
        },
      },
    },
  });

  expect(await run(mapOf('INLINE', '{% $base + $states.input %}'), undefined, {}, { clock })).toMatchObject({ output: [11, 12, 13, 14, 15], seconds: 180 });
  expect((await run(mapOf('DISTRIBUTED', '{% $base %}'))).failure).toMatchObject({ name: 'States.QueryEvaluationError' });
});

test('a choice takes the first that holds, and time is that of the clock', async () => {
  const { output, seconds } = await run({
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: '{% $states.input.days * 86400 %}', Next: 'Old' },
      Old: { Type: 'Choice', Choices: [{ Condition: '{% $millis() >= 86400000 %}', Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Output: '{% $now() %}', End: true },
      No: { Type: 'Fail', Error: 'Young' },
    },
  }, undefined, { days: 2 });

  expect({ output, seconds }).toEqual({ output: '1970-01-03T00:00:00.000Z', seconds: 172_800 });
});

test('an execution that is stopped catches nothing', async () => {
  const { failure } = await run({
    StartAt: 'First',
    States: { First: { ...CALL, End: false, Next: 'Second', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Second' }] }, Second: { Type: 'Succeed' } },
  }, undefined, {}, { stop: (state) => state === 'Second' });

  expect(failure).toBeInstanceOf(Stopped);
});

test.each([
  ['an expression that gives nothing', '{% $states.input.missing %}', 'States.QueryEvaluationError'],
  ['more than AWS Step Functions carries', '{% $pad(\'x\', 300000) %}', 'States.DataLimitExceeded'],
])('fails for %s', async (_, Output, name) => {
  const { failure } = await run({ StartAt: 'Say', States: { Say: { Type: 'Pass', Output, End: true } } });

  expect(failure).toMatchObject({ name });
});

describe('a table', () => {
  const update = 'arn:aws:states:::aws-sdk:dynamodb:updateItem';
  const table = () => new DynamoTable({ partitionKey: 'id' }, { byState: { partitionKey: 'state', sortKey: 'since' } });
  const put = (of: DynamoTable, id: string, state: string, since: number) => of.call('arn:aws:states:::aws-sdk:dynamodb:putItem', {
    Item: { id: { S: id }, state: { S: state }, since: { N: String(since) } }, ConditionExpression: 'attribute_not_exists(id)',
  });
  const inState = (of: DynamoTable, state: string, more: object = {}) => of.call('arn:aws:states:::aws-sdk:dynamodb:query', {
    IndexName: 'byState', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: { '#s': 'state' }, ExpressionAttributeValues: { ':s': { S: state } }, ...more,
  }) as { Items: { id: { S: string } }[]; LastEvaluatedKey?: object };

  test('takes an item once', () => {
    const claims = table();
    put(claims, 'a', 'WANTED', 1);

    expect(() => put(claims, 'a', 'WANTED', 2)).toThrow(expect.objectContaining({ name: 'DynamoDb.ConditionalCheckFailedException' }));
    expect(claims.items.size).toBe(1);
  });

  test('gives an index in the order of its sort key, page by page, also after changes', () => {
    const claims = table();
    [['c', 3], ['a', 1], ['b', 2]].forEach(([id, since]) => put(claims, String(id), 'WANTED', Number(since)));
    const first = inState(claims, 'WANTED', { Limit: 2 });
    const rest = inState(claims, 'WANTED', { Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });
    claims.call(update, {
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET #s = :new, tries = if_not_exists(tries, :zero) + :one REMOVE since',
      ConditionExpression: '#s = :old AND (attribute_not_exists(tries) OR tries < :one)',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':new': { S: 'COPYING' }, ':old': { S: 'WANTED' }, ':zero': { N: '0' }, ':one': { N: '1' } },
    });

    expect([first, rest].map(({ Items }) => Items.map(({ id }) => id.S))).toEqual([['a', 'b'], ['c']]);
    expect(inState(claims, 'WANTED').Items.map(({ id }) => id.S)).toEqual(['b', 'c']);
    expect(inState(claims, 'COPYING').Items).toEqual([]); // It has no sort key any more.
    expect([...claims.items.values()][1]).toEqual({ id: { S: 'a' }, state: { S: 'COPYING' }, tries: { N: '1' } });
  });

  test('has indexes that are late, where they are asked to be, and an item that is not', async () => {
    const clock = new VirtualClock(0);
    const lags = [1000, 10];
    const claims = new DynamoTable({ partitionKey: 'id' }, { byState: { partitionKey: 'state', sortKey: 'since' } }, { clock, of: () => lags.shift()! });
    put(claims, 'a', 'WANTED', 1);
    claims.call('arn:aws:states:::aws-sdk:dynamodb:deleteItem', { Key: { id: { S: 'a' } } });

    await clock.run(999);
    expect([claims.items.size, inState(claims, 'WANTED').Items]).toEqual([0, []]);
    await clock.run(1000); // The change after it cannot come first.
    expect(inState(claims, 'WANTED').Items).toEqual([]);

    lags.push(500);
    put(claims, 'b', 'WANTED', 1);
    expect(claims.items.size).toBe(1);
    expect(inState(claims, 'WANTED').Items).toEqual([]);
    await clock.run(1500);
    expect(inState(claims, 'WANTED').Items).toHaveLength(1);
  });

  test('fails for a query of no partition', () => {
    expect(() => table().call('query', { IndexName: 'byState', KeyConditionExpression: 'since = :s', ExpressionAttributeValues: { ':s': { N: '1' } } }))
      .toThrow('ValidationException: the condition is not of state: since = :s');
  });

  test('fails for an expression that it does not understand', () => {
    expect(() => table().call(update, { Key: { id: { S: 'a' } }, UpdateExpression: 'SET a.b[0] = :x', ExpressionAttributeValues: { ':x': { S: '' } } }))
      .toThrow('ValidationException: what follows SET a.b is not understood or missing in: SET a.b[0] = :x');
  });
});
