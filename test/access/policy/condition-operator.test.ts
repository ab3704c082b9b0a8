import { conditionOperator, holds } from '../../../src/access/policy/condition-operator';
import { unknownText } from '../../../src/access/text/text';

const X = unknownText('X');

/** Rows of policy-model §4 are marked with their number. */
test.each([
  ['StringEquals', ['a'], ['a', 'b'], true],
  ['StringEquals', ['c'], ['a', 'b'], false],
  ['StringEquals', ['A'], ['a'], false],
  ['StringEquals', undefined, ['a'], false],
  ['stringequals', ['a'], ['a'], true],
  ['StringEqualsIfExists', undefined, ['a'], true], // 24
  ['StringEqualsIgnoreCase', ['A'], ['a'], true],
  ['StringNotEquals', ['a'], ['b', 'c'], true],
  ['StringNotEquals', ['b'], ['b', 'c'], false],
  ['StringNotEquals', undefined, ['b'], true], // 25
  ['StringNotEqualsIfExists', undefined, ['b'], true],
  ['StringLike', ['s3.eu-west-2.amazonaws.com'], ['s3.*.amazonaws.com'], true],
  ['StringEquals', ['s3.eu-west-2.amazonaws.com'], ['s3.*.amazonaws.com'], false],
  ['StringNotLike', ['s3.eu-west-2.amazonaws.com'], ['s3.*'], false],
  ['Null', undefined, ['true'], true], // 26
  ['Null', ['a'], ['true'], false],
  ['Null', ['a'], ['false'], true],
  ['Bool', ['true'], ['true'], true],
  ['Bool', undefined, ['false'], false], // 28
  ['BoolIfExists', undefined, ['false'], true], // 28
  ['ForAllValues:StringEquals', undefined, ['a'], true], // 29
  ['ForAllValues:StringEquals', ['a', 'b'], ['a'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c'], true],
  ['ForAnyValue:StringEquals', undefined, ['a'], false], // 30
  ['ForAnyValue:StringEquals', ['a', 'b'], ['a'], true],
  ['ForAnyValue:StringNotEquals', undefined, ['a'], false],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a'], true],
  ['ForAllValues:StringNotEquals', ['b', 'c'], ['a'], true],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['a'], false],
  ['ForAllValues:StringEquals', [''], ['a'], true],
  ['ForAnyValue:StringEquals', [''], [''], false],
  ['NumericLessThanEquals', ['7'], ['10'], true],
  ['NumericLessThan', ['x'], ['10'], false],
  ['DateGreaterThan', ['2026-11-23T00:00:00Z'], ['2026-01-01T00:00:00Z'], true],
  ['DateLessThan', ['0'], ['2026-01-01T00:00:00Z'], true],
  ['IpAddress', ['203.0.113.9'], ['203.0.113.0/24'], true],
  ['IpAddress', ['203.0.114.9'], ['203.0.113.0/24'], false],
  ['IpAddress', ['2001:db8::1'], ['2001:db8::/32'], true],
  ['IpAddress', ['203.0.113.9'], ['203.0.113.0/'], false],
  ['IpAddress', ['203.0.113.9'], ['203.0.113.9/33'], false],
  ['IpAddress', ['203.0.113.9'], ['203.0.113.0/x'], false],
  ['IpAddress', ['::1'], ['0.0.0.0/0'], false],
  ['NotIpAddress', ['203.0.113.9'], ['203.0.113.0/24'], false],
  ['ArnLike', ['arn:aws:iam::111122223333:role/a/b'], ['arn:aws:iam::111122223333:role/a*'], true],
  ['ArnEquals', ['arn:aws:iam::111122223333:role/a'], ['arn:aws:iam::*:role/a'], true],
  ['ArnLike', ['arn:aws:iam::111122223333:role/a'], ['arn:*:role/a'], false],
  ['ArnNotLike', ['arn:aws:iam::111122223333:role/a'], ['arn:aws:iam::111122223333:role/b'], true],
  ['StringEquals', [X], ['a'], 'unknown'],
  ['StringEquals', [X], [X], true],
  ['StringEquals', ['a'], [X, 'a'], true],
  ['StringNotEquals', ['a'], [X], 'unknown'],
])('%s of %j against %j: %s', (name, given, wanted, expected) => {
  expect(holds(conditionOperator(name)!, given, wanted)).toBe(expected);
});

test.each(['StringEqual', 'ForSomeValues:StringEquals', 'NullIfExists', '', '__proto__', 'toString'])('fails to read %j', (name) => {
  expect(conditionOperator(name)).toBeUndefined();
});
