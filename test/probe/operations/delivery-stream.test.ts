import { keyArn } from '../fake-surroundings';
import { run, SCRIPTS, SOURCE } from '../scripted-run';

const NAME = 'kms-probe-test-delivery-stream';
const refused = (message: string) => Object.assign(new Error(message), { name: 'InvalidArgumentException' });

test('delivery-stream: it is asked for under the key until the role is known, and put into when it is encrypted', async () => {
  let [unknown, enabling] = [2, 1];
  const { result, surroundings } = await run('delivery-stream', {
    ...SCRIPTS['delivery-stream'],
    'firehose.CreateDeliveryStream': () => {
      if (unknown-- > 0) {
        throw refused('Firehose is unable to assume role arn:role. Please check the role provided.');
      }
    },
    'firehose.DescribeDeliveryStream': () => ({
      DeliveryStreamDescription: { DeliveryStreamStatus: 'ACTIVE', DeliveryStreamEncryptionConfiguration: { Status: enabling-- > 0 ? 'ENABLING' : 'ENABLED' } },
    }),
  });
  const calls = surroundings.calls.map(({ call }) => call).filter((call) => /CreateDelivery|DescribeDelivery|PutRecord$/.test(call));

  expect(result.failure).toBeUndefined();
  expect(calls).toEqual([
    ...Array(3).fill('firehose.CreateDeliveryStream'), 'firehose.DescribeDeliveryStream', 'firehose.DescribeDeliveryStream', 'firehose.PutRecord',
  ]);
  expect(surroundings.callsOf('firehose.CreateDeliveryStream')[0].input.DeliveryStreamEncryptionConfigurationInput).toEqual(
    { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: keyArn(SOURCE) });
});

test('delivery-stream: another refusal is told at once', async () => {
  const { result, surroundings } = await run('delivery-stream', {
    ...SCRIPTS['delivery-stream'],
    'firehose.CreateDeliveryStream': () => {
      throw refused('no such key');
    },
  });

  expect(result.failure).toBe('InvalidArgumentException: no such key');
  expect(surroundings.callsOf('firehose.CreateDeliveryStream')).toHaveLength(1);
});

test('delivery-stream: it is found again by its name, on every page', async () => {
  let names = ['a-of-somebody-else', NAME, 'z-of-somebody-else'];
  await run('delivery-stream', {
    ...SCRIPTS['delivery-stream'],
    'firehose.ListDeliveryStreams': ({ ExclusiveStartDeliveryStreamName: after = '' }) => ({
      DeliveryStreamNames: names.filter((name) => name > after).slice(0, 1), HasMoreDeliveryStreams: names.filter((name) => name > after).length > 1,
    }),
    'firehose.DeleteDeliveryStream': ({ DeliveryStreamName }) => {
      names = names.filter((name) => name !== DeliveryStreamName);
    },
  });

  expect(names).toEqual(['a-of-somebody-else', 'z-of-somebody-else']);
});
