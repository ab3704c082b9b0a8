import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sesActions from 'aws-cdk-lib/aws-ses-actions';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { SCHEDULER, SES_RECEIVING } from '../support/services-to-come';

const { EVENT_BUS } = KmsService;

export const EVENTS: KeyTaker[] = [
  {
    l2: 'events.EventBus with an archive',
    takes: ['aws-events EventBusProps.kmsKey', 'aws-events BaseArchiveProps.kmsKey'],
    via: EVENT_BUS,
    build: ({ data, key }) => {
      const bus = new events.EventBus(data, 'Bus', { eventBusName: 'billing', kmsKey: key.via(EVENT_BUS) });
      new events.Archive(data, 'Archive', { sourceEventBus: bus, eventPattern: { source: ['billing'] }, kmsKey: key.via(EVENT_BUS) });
      return (grantee) => bus.grantPutEventsTo(grantee);
    },
  },
  {
    l2: 'scheduler.Schedule',
    takes: ['aws-scheduler ScheduleProps.key'],
    via: SCHEDULER,
    build: ({ data, key }) => {
      new scheduler.Schedule(data, 'Schedule', {
        schedule: scheduler.ScheduleExpression.expression('rate(1 hour)'),
        target: new schedulerTargets.LambdaInvoke(functionIn(data)),
        key: key.via(SCHEDULER),
      });
    },
    ownRoles: ['kms:Decrypt'],
  },
  {
    l2: 'sesActions.S3',
    takes: ['aws-ses-actions S3Props.kmsKey'],
    via: SES_RECEIVING,
    build: ({ data, key }) => {
      const action = new sesActions.S3({ bucket: new s3.Bucket(data, 'Mails'), kmsKey: key.via(SES_RECEIVING) });
      new ses.ReceiptRuleSet(data, 'Rules', { rules: [{ recipients: ['billing@example.com'], actions: [action] }] });
    },
  },
];
