import {
  CreateLogGroupCommand, CreateLogStreamCommand, DeleteLogGroupCommand, DescribeLogGroupsCommand, FilterLogEventsCommand, PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { KmsService } from '../../../src';
import { Operation, TAG } from '../operation';

/** A log group, written and read. */
export const LOG_GROUP: Operation = {
  name: 'log-group',
  services: [KmsService.CLOUDWATCH_LOGS],
  makes: 'an Amazon CloudWatch Logs log group with one event',
  dollars: 0.01,
  minutes: 10,

  async make({ name: logGroupName, source: { aws: { logs }, key: kmsKeyId }, until }) {
    await logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId, tags: { [TAG]: logGroupName } }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'probe' }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'probe', logEvents: [{ timestamp: Date.now(), message: 'probe' }] }));
    await until('the event can be read', 5, async () => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      return events.length > 0;
    });
  },

  async clean({ prefix, source: { logs, region } }, sweep) {
    await sweep.each(`log group in ${region}`, async () => (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }))).logGroups,
      ({ logGroupName }) => logGroupName, ({ logGroupName }) => logs.send(new DeleteLogGroupCommand({ logGroupName })));
  },
};
