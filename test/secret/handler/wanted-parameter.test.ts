import { ParameterProperties, ValueSource, WantedParameter } from '../../../src/secret/handler/wanted-parameter';

const PROPERTIES: ParameterProperties = {
  ParameterName: '/billing/token',
  ParameterArn: 'arn:aws:ssm:eu-west-2:111122223333:parameter/billing/token',
  RoleArn: 'arn:aws:iam::111122223333:role/Writer',
  KeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/1',
  Tier: 'Standard',
  Value: { Generated: { Length: '32' } },
};
const of = (change: Partial<ParameterProperties>) => new WantedParameter({ ...PROPERTIES, ...change });
const source = (Value: ValueSource, change = {}) => of({ Value, ...change }).source;
const CIPHERTEXT = { Blob: 'AQID', KeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/1' };

test.each<[string, ValueSource]>([
  ['another length', { Generated: { Length: '33' } }],
  ['another revision', { Generated: { Length: '32', Revision: '2' } }],
  ['a secret', { Secret: { SecretId: 'arn' } }],
  ['a field of a secret', { Secret: { SecretId: 'arn', Field: 'token' } }],
  ['another field of it', { Secret: { SecretId: 'arn', Field: 'user' } }],
  ['a copy made again', { Secret: { SecretId: 'arn', Field: 'user', Revision: '2' } }],
  ['a ciphertext', { Ciphertext: CIPHERTEXT }],
  ['another ciphertext', { Ciphertext: { ...CIPHERTEXT, Blob: 'BQYH' } }],
])('the value comes from elsewhere: %s', (_what, value) => {
  const others = [{ Generated: { Length: '32' } }, { Secret: { SecretId: 'other' } }];

  expect(others.map((other) => source(other))).not.toContain(source(value));
});

test('the order of the options does not matter', () => {
  expect(source({ Generated: { Length: '32', Revision: '2' } })).toBe(source({ Generated: { Revision: '2', Length: '32' } }));
});

test('a ciphertext is of one parameter, whatever key it is read with', () => {
  expect(source({ Ciphertext: CIPHERTEXT }, { ParameterArn: 'arn:other' })).not.toBe(source({ Ciphertext: CIPHERTEXT }));
  expect(source({ Ciphertext: { ...CIPHERTEXT, KeyArn: 'arn:other' } })).toBe(source({ Ciphertext: CIPHERTEXT }));
});

test.each<[string, Partial<ParameterProperties>]>([
  ['another key', { KeyArn: 'arn:other' }],
  ['another tier', { Tier: 'Advanced' }],
  ['another description', { Description: 'of the bank' }],
])('the value is kept in another way: %s', (_what, change) => {
  expect(of(change).setting).not.toBe(of({}).setting);
  expect(of(change).source).toBe(of({}).source);
});

test('tags and roles say nothing about the value', () => {
  const changed = of({ Tags: [{ Key: 'team', Value: 'billing' }], RoleArn: 'arn:other' });

  expect([changed.source, changed.setting]).toEqual([of({}).source, of({}).setting]);
  expect(changed.tags).toEqual({ team: 'billing' });
});
