import {
  CreateArchiveCommand, CreateEventBusCommand, DeleteArchiveCommand, DeleteEventBusCommand, DescribeArchiveCommand, ListArchivesCommand,
  ListEventBusesCommand, PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { KmsService } from '../../../src';
import { Operation, tagsOf } from '../operation';

/** An event bus with an archive, and an event. */
export const EVENT_BUS: Operation = {
  name: 'event-bus',
  services: [KmsService.EVENT_BUS],
  makes: 'an Amazon EventBridge event bus and an archive with one event',
  dollars: 0.01,
  minutes: 15,

  async make({ name: Name, source: { aws: { events }, key: KmsKeyIdentifier }, until }) {
    const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name, KmsKeyIdentifier, Tags: tagsOf(Name) }));
    await events.send(new CreateArchiveCommand({ ArchiveName: Name, EventSourceArn: EventBusArn, KmsKeyIdentifier, RetentionDays: 1 }));
    await until('the archive is enabled', 5, async () => (await events.send(new DescribeArchiveCommand({ ArchiveName: Name }))).State === 'ENABLED');
    await events.send(new PutEventsCommand({ Entries: [{ EventBusName: Name, Source: 'kms-probe', DetailType: 'probe', Detail: '{}' }] }));
  },

  async clean({ prefix: NamePrefix, source: { events, region } }, sweep) {
    await sweep.each(`archive in ${region}`, async () => (await events.send(new ListArchivesCommand({ NamePrefix }))).Archives,
      ({ ArchiveName }) => ArchiveName, ({ ArchiveName }) => events.send(new DeleteArchiveCommand({ ArchiveName })));
    await sweep.each(`event bus in ${region}`, async () => (await events.send(new ListEventBusesCommand({ NamePrefix }))).EventBuses,
      ({ Name }) => Name, ({ Name }) => events.send(new DeleteEventBusCommand({ Name })));
  },
};
