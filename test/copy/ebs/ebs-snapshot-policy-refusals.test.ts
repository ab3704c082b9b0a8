import { Aspects, Duration } from 'aws-cdk-lib';
import * as dlm from 'aws-cdk-lib/aws-dlm';
import { CustomerManagedKey, SnapshotDestination } from '../../../src';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { nightly } from '../../support/snapshots';

const inRegions = (...regions: string[]) => ({ copies: regions.map((region) => ({ destination: SnapshotDestination.inRegion(region) })) });

test.each<[string, (policy: dlm.CfnLifecyclePolicy) => void]>([
  ['no encryption', (policy) => policy.addPropertyOverride('PolicyDetails.Schedules.0.CrossRegionCopyRules.0.Encrypted', false)],
  ['no key', (policy) => policy.addPropertyDeletionOverride('PolicyDetails.Schedules.0.CrossRegionCopyRules.0.CmkArn')],
  ['another Region', (policy) => policy.addPropertyOverride('PolicyDetails.Schedules.0.CrossRegionCopyRules.0.Target', 'eu-west-1')],
  ['no copies', (policy) => policy.addPropertyDeletionOverride('PolicyDetails.Schedules.0.CrossRegionCopyRules')],
  ['nothing', (policy) => policy.addPropertyDeletionOverride('PolicyDetails')],
])('fails where an aspect gives the policy %s', (_what, change) => {
  const { app, data } = new Copies();
  nightly(data);
  Aspects.of(app).add({ visit: (node) => node instanceof dlm.CfnLifecyclePolicy && change(node) });

  expect(() => app.synth()).toThrow('CopyEncryptionUndone: an aspect, a mixin or an override changed Target, Encrypted or CmkArn of a copy of Data/Nightly/Default; '
    + 'leave this policy out of it, or give what you want to EbsSnapshotPolicy');
});

test.each([[0, []], [4, [SYDNEY, 'eu-west-1', 'us-east-1', 'eu-west-3']]])('fails for %s Regions', (given, regions) => {
  expect(() => nightly(new Copies().data, inRegions(...regions))).toThrow(
    `SnapshotCopiesInvalid: Amazon Data Lifecycle Manager copies a snapshot to 1 to 3 Regions, given: ${given}; `
    + 'give each Region once, and those beyond to another policy [at Data/Nightly]');
});

test('fails for a Region twice, and for the Region of the volumes', () => {
  expect(() => nightly(new Copies().data, inRegions(SYDNEY, SYDNEY))).toThrow(
    `DestinationRegionTwice: copies go to each Region once, given: ${SYDNEY} twice; leave one of the destinations there out [at Data/Nightly]`);
  expect(() => nightly(new Copies().data, inRegions(REGION))).toThrow('DestinationRegionInvalid: copies go to another Region of the same partition, known before '
    + `deployment, given: ${REGION}, where the source is; write a Region such as ap-southeast-2 [at Data/Nightly]`);
});

test('fails for another account, to which Amazon Data Lifecycle Manager copies nothing', () => {
  const copies = new Copies();
  const there = newStack(copies.app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });

  expect(() => nightly(copies.data, { copies: [{ destination: SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')) }] })).toThrow(
    `DestinationInAnotherAccount: Amazon Data Lifecycle Manager copies snapshots within an account only, given: There in ${OTHER_ACCOUNT}, `
    + `for a source in ${ACCOUNT}; give a stack of ${ACCOUNT} [at Data/Nightly]`);
});

test('fails for a key of volumes of another Region', () => {
  const copies = new Copies();
  const key = new CustomerManagedKey(newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY }), 'Key');

  expect(() => nightly(copies.data, { volumeKeys: [key] })).toThrow(`KeyOfAnotherRegion: a key encrypts in its own Region only, given: There/Key in ${SYDNEY}, for ${REGION}`);
});

test('fails for copies that are kept for less than a day', () => {
  expect(() => nightly(new Copies().data, { copies: [{ destination: SnapshotDestination.inRegion(SYDNEY), retention: Duration.hours(1) }] })).toThrow(
    'SnapshotAgeInvalid: snapshots are kept for 1 to 36500 whole days, given: 1 hour; write for example Duration.days(7) [at Data/Nightly]');
});
