import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { CustomerManagedKey, KmsService } from '../../src';
import { EVENT_BUS } from '../../src/service/event-bus';
import { keyPolicyOf } from '../support/key-policy';
import { ACCOUNT, newApp, newStack, ROOT } from '../support/key-stack';

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const sentHere = { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } };

describe('Amazon EventBridge event buses', () => {
  test('are made with the permissions of the caller, at deployment too, and put to without the key', () => {
    expect(EVENT_BUS.viaServices).toEqual(['events']);
    expect(EVENT_BUS.useActions).toEqual(USE);
    expect(EVENT_BUS.deployActions).toEqual(USE);
    expect(EVENT_BUS.createsGrants).toBeUndefined();
  });

  test('let in whom rules let in, for what is on a bus of the account only', () => {
    const app = newApp();
    const key = new CustomerManagedKey(newStack(app), 'Key', { denyDirectGrants: false });
    const bus = new events.EventBus(newStack(app, 'Data'), 'Bus', { kmsKey: key.via(KmsService.EVENT_BUS) });
    new events.Archive(bus.stack, 'Archive', { sourceEventBus: bus, eventPattern: { source: ['billing'] }, kmsKey: key.via(KmsService.EVENT_BUS) });
    expect(keyPolicyOf(key).slice(3)).toEqual([
      {
        Sid: 'UseThroughEventBus',
        Effect: 'Allow',
        Principal: { AWS: ROOT },
        Action: USE,
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'events.eu-west-2.amazonaws.com' } },
      },
      {
        Sid: 'DescribeByEvents',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'kms:DescribeKey',
        Resource: '*',
        Condition: sentHere,
      },
      {
        Sid: 'UseByEvents',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
        Resource: '*',
        Condition: { ...sentHere, ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': `arn:aws:events:eu-west-2:${ACCOUNT}:event-bus/*` } },
      },
      {
        Sid: 'UseByEvents2',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'kms:GenerateDataKey',
        Resource: '*',
        Condition: { ...sentHere, ArnLike: { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:eu-west-2:${ACCOUNT}:*` } },
      },
    ]);
  });

  test('depend on the key, and the key not on them', () => {
    const app = newApp();
    const keys = newStack(app);
    const data: Stack = newStack(app, 'Data');
    new events.EventBus(data, 'Bus', { kmsKey: new CustomerManagedKey(keys, 'Key').via(KmsService.EVENT_BUS) });
    app.synth();
    expect([keys, data].map((stack) => stack.dependencies)).toEqual([[], [keys]]);
  });
});
