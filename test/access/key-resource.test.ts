import { ask, World } from '../support/access-world';
import { allows, DELEGATED } from './golden/statements';

const DEPENDS = (value: unknown) => ({ 'Fn::If': ['Depends', value, { Ref: 'AWS::NoValue' }] });
const TAG = { Key: 'team', Value: 'a' };
const tagged = (Tags: unknown, more: World = {}): World => ({
  keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', '*', { StringEquals: { 'aws:ResourceTag/team': 'a' } })], key: { Tags }, ...more,
});
const SAME_TEAM = [allows('kms:Decrypt', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })];
const alias = (more: object, TargetKeyId: unknown = { Ref: 'K' }): World => ({
  keyPolicy: [DELEGATED],
  r: [allows('kms:Decrypt', '*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } })],
  resources: { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/a', TargetKeyId }, ...more } },
});

test.each<[string, World, string]>([
  ['a tag that it has', tagged([TAG]), 'allowed'],
  ['a tag of another value', tagged([{ ...TAG, Value: 'b' }]), 'denied'],
  ['a tag that it may have', tagged([DEPENDS(TAG)]), 'unknown'],
  ['a tag of one of two values', tagged([{ 'Fn::If': ['Depends', TAG, { ...TAG, Value: 'b' }] }]), 'unknown'],
  ['a tag that it may have, and one of the principal that it may have', tagged([DEPENDS(TAG)], { r: SAME_TEAM, role: { Tags: [DEPENDS(TAG)] } }), 'unknown'],
  ['the tag of the principal', tagged([TAG], { r: SAME_TEAM, role: { Tags: [TAG] } }), 'allowed'],
  ['an alias that it has', alias({}), 'allowed'],
  ['an alias that it may have', alias({ Condition: 'Depends' }), 'unknown'],
  ['an alias that it or another key has', alias({}, { 'Fn::If': ['Depends', { Ref: 'K' }, { Ref: 'K2' }] }), 'unknown'],
  ['an alias that another key has', alias({}, { Ref: 'K2' }), 'conditional'],
])('IAM asks for %s: %s', (_, world, verdict) => {
  expect(ask(world)).toMatchObject({ verdict });
});
