import { allOf, oneOrMore } from '../../src/private/conditions';

test('conditions that all must hold share their operators', () => {
  expect(allOf(
    { StringEquals: { 'kms:CallerAccount': '111122223333' } },
    {},
    { StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  )).toEqual({
    StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 's3.eu-west-2.amazonaws.com' },
    Bool: { 'kms:GrantIsForAWSResource': 'true' },
  });
});

test('conditions leave their parts as they are', () => {
  const part = { StringEquals: { a: '1' } };
  allOf(part, { StringEquals: { b: '2' } });
  expect(part).toEqual({ StringEquals: { a: '1' } });
});

test.each<[string[], string | string[]]>([
  [['a'], 'a'],
  [['a', 'a'], 'a'],
  [['b', 'a', 'b'], ['a', 'b']],
])('the values %j are written as %j', (values, written) => {
  expect(oneOrMore(values)).toEqual(written);
});
