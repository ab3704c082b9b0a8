import { Duration, Lazy } from 'aws-cdk-lib';
import { EbsSnapshotRetention, EbsSnapshotSchedule, EbsSnapshotTarget } from '../../../src';
import { retainedFor } from '../../../src/copy/ebs/ebs-snapshot-retention';

const later = Lazy.string({ produce: () => 'later' });

describe('a target', () => {
  test('is volumes or instances with a tag', () => {
    expect(EbsSnapshotTarget.volumes('backup', 'nightly')).toMatchObject({ _resourceType: 'VOLUME', _tagKey: 'backup', _tagValue: 'nightly' });
    expect(EbsSnapshotTarget.instances('backup', '')).toMatchObject({ _resourceType: 'INSTANCE', _tagKey: 'backup', _tagValue: '' });
    expect(() => EbsSnapshotTarget.volumes(later, later)).not.toThrow();
  });

  test.each([[''], ['aws:backup'], ['k'.repeat(129)]])('fails for the tag %j, which nobody can set', (key) => {
    expect(() => EbsSnapshotTarget.volumes(key, 'nightly')).toThrow(
      `TargetTagInvalid: the key of a tag has 1 to 128 characters and does not start with aws:, given: '${key}'; write one that you tag with, such as 'backup'`);
  });
});

describe('a schedule', () => {
  test.each([1, 2, 3, 4, 6, 8, 12, 24])('is every %s hours', (hours) => {
    expect(EbsSnapshotSchedule.every(Duration.hours(hours))._createRule).toEqual({ interval: hours, intervalUnit: 'HOURS', times: undefined });
  });

  test('starts at a time of the day', () => {
    expect(EbsSnapshotSchedule.daily('23:59')._createRule).toEqual({ interval: 24, intervalUnit: 'HOURS', times: ['23:59'] });
    expect(() => EbsSnapshotSchedule.daily(later)).not.toThrow();
  });

  test.each([
    [{ minute: '0', hour: '17', weekDay: 'FRI' }, 'cron(0 17 ? * FRI *)'],
    [{ minute: '59' }, 'cron(59 * * * ? *)'],
  ])('is the cron expression of %j', (fields, cronExpression) => {
    expect(EbsSnapshotSchedule.cron(fields)._createRule).toEqual({ cronExpression });
  });

  test.each([[Duration.hours(5), '5 hours'], [Duration.minutes(30), '30 minutes'], [Duration.days(2), '2 days']])('fails for an interval of %s', (interval, given) => {
    expect(() => EbsSnapshotSchedule.every(interval)).toThrow(
      `SnapshotIntervalInvalid: snapshots are made every 1, 2, 3, 4, 6, 8, 12 or 24 hours, given: ${given}; write one of them, or EbsSnapshotSchedule.cron`);
  });

  test.each(['3:00', '24:00', '03:60', 'noon'])('fails for the time %s', (time) => {
    expect(() => EbsSnapshotSchedule.daily(time)).toThrow(
      `SnapshotTimeInvalid: runs start at hours and minutes in UTC, given: '${time}'; write for example '03:00'`);
  });

  test.each([[{ hour: '3' }, 'no minute, which is every minute'], [{ minute: '*/5' }, "the minute '*/5'"], [{ minute: '60' }, "the minute '60'"]])(
    'fails for the cron expression of %j, which is more often than once an hour', (fields, given) => {
      expect(() => EbsSnapshotSchedule.cron(fields)).toThrow(
        `SnapshotCronInvalid: snapshots are made once an hour at most, given: ${given}; write one minute, such as minute: '0'`);
    });
});

describe('a retention', () => {
  test.each([1, 1000])('is the newest %s', (count) => {
    expect(EbsSnapshotRetention.count(count)._retainRule).toEqual({ count });
  });

  test.each([[Duration.days(1), 1], [Duration.hours(48), 2], [Duration.days(36500), 36500]])('is an age of %s', (age, interval) => {
    expect(EbsSnapshotRetention.age(age)._retainRule).toEqual({ interval, intervalUnit: 'DAYS' });
    expect(retainedFor(age)).toEqual({ interval, intervalUnit: 'DAYS' });
  });

  test.each([0, 1001, 1.5])('fails for %s snapshots', (count) => {
    expect(() => EbsSnapshotRetention.count(count)).toThrow(
      `SnapshotCountInvalid: 1 to 1000 snapshots of a volume are kept, given: ${count}; write for example EbsSnapshotRetention.count(7)`);
  });

  test.each([[Duration.hours(12), '12 hours'], [Duration.hours(36), '1 day 12 hours'], [Duration.days(36501), '36501 days']])('fails for an age of %s', (age, given) => {
    expect(() => EbsSnapshotRetention.age(age)).toThrow(
      `SnapshotAgeInvalid: snapshots are kept for 1 to 36500 whole days, given: ${given}; write for example Duration.days(7)`);
  });
});
