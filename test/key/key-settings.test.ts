import { CfnParameter, Duration, Lazy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey, CustomerManagedKeyProps } from '../../src';
import { propertiesOf } from '../support/key-policy';
import { newStack } from '../support/key-stack';

const make = (props: CustomerManagedKeyProps) => new CustomerManagedKey(newStack(), 'Key', props);
const RSA = { keySpec: kms.KeySpec.RSA_2048 };

describe('rotation', () => {
  test('is on', () => {
    expect(propertiesOf(make({}))).toMatchObject({ EnableKeyRotation: true });
  });

  test('has the period of AWS KMS where none is given', () => {
    expect(propertiesOf(make({}))).not.toHaveProperty('RotationPeriodInDays');
  });

  test.each([90, 365, 2560])('takes a period of %d days', (days) => {
    expect(propertiesOf(make({ rotationPeriod: Duration.days(days) }))).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: days });
  });

  test('takes a period in other units', () => {
    expect(propertiesOf(make({ rotationPeriod: Duration.hours(24 * 90) }))).toMatchObject({ RotationPeriodInDays: 90 });
  });

  test('takes a period that is known at deployment only', () => {
    const stack = newStack();
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    expect(propertiesOf(new CustomerManagedKey(stack, 'Key', { rotationPeriod: Duration.days(days) }))).toMatchObject({ RotationPeriodInDays: { Ref: 'Days' } });
  });

  test('can be switched off', () => {
    expect(propertiesOf(make({ enableKeyRotation: false }))).toMatchObject({ EnableKeyRotation: false });
  });

  test('is nothing to asymmetric keys', () => {
    expect(propertiesOf(make(RSA))).not.toHaveProperty('EnableKeyRotation');
  });

  test('may be said to be off for asymmetric keys', () => {
    expect(propertiesOf(make({ ...RSA, enableKeyRotation: false }))).not.toHaveProperty('EnableKeyRotation');
  });

  test.each<[string, CustomerManagedKeyProps]>([
    ['rotation', { ...RSA, enableKeyRotation: true }],
    ['a period', { ...RSA, rotationPeriod: Duration.days(365) }],
  ])('fails where %s is asked of an asymmetric key', (_name, props) => {
    expect(() => make(props)).toThrow(new Error(
      'RotationNotPossible: AWS KMS rotates symmetric encryption keys only, given: keySpec RSA_2048 with rotation; leave enableKeyRotation and '
      + 'rotationPeriod out, and rotate by a new key to which the alias moves [at Keys/Key]',
    ));
  });

  test('fails where a period is given and rotation is off', () => {
    expect(() => make({ enableKeyRotation: false, rotationPeriod: Duration.days(365) })).toThrow(new Error(
      'RotationPeriodWithoutRotation: rotationPeriod was given with enableKeyRotation: false; leave one of them out [at Keys/Key]',
    ));
  });

  test.each([
    [Duration.days(30), '30'], [Duration.days(89), '89'], [Duration.days(2561), '2561'], [Duration.hours(24 * 90 + 12), '90.5'],
  ])('fails for a period of %s', (rotationPeriod, given) => {
    expect(() => make({ rotationPeriod })).toThrow(new Error(
      `RotationPeriodInvalid: rotationPeriod is 90 to 2560 whole days, given: ${given} days; write for example Duration.days(365) [at Keys/Key]`,
    ));
  });
});

describe('the pending window', () => {
  test('is that of AWS KMS where none is given', () => {
    expect(propertiesOf(make({}))).not.toHaveProperty('PendingWindowInDays');
  });

  test.each([7, 30])('takes %d days', (days) => {
    expect(propertiesOf(make({ pendingWindow: Duration.days(days) }))).toMatchObject({ PendingWindowInDays: days });
  });

  test.each([5, 6, 31])('fails for %d days', (days) => {
    expect(() => make({ pendingWindow: Duration.days(days) })).toThrow(new Error(
      `PendingWindowInvalid: pendingWindow is 7 to 30 whole days, given: ${days} days; write for example Duration.days(30) [at Keys/Key]`,
    ));
  });
});

describe('an alias', () => {
  test.each(['aws/x', 'alias/aws/x', 'alias/AWS/x', '', 'alias/', 'two words', 'größe', 'a:b', 'x'.repeat(251)])("fails as '%s'", (alias) => {
    expect(() => make({ alias })).toThrow(new Error(
      `AliasInvalid: '${alias}' is no alias for a customer managed key: alias/aws/ belongs to AWS managed keys, and a name has at most 256 of `
      + 'a-z, A-Z, 0-9, /, _ and -; write for example alias/billing [at Keys/Key]',
    ));
  });

  test('fails as a token: policies must be able to name it', () => {
    expect(() => make({ alias: Lazy.string({ produce: () => 'later' }) })).toThrow(new Error(
      'AliasNotLiteral: the alias was given as a token; write the name out, so that policies can name it before it is deployed [at Keys/Key]',
    ));
  });
});
