import * as fc from 'fast-check';
import { Kind, S1 } from './arbitrary-context';
import { A, B, K, K2, Q, R, RB, REGION, ROOT, ROOT_B, Statement, U, World } from '../../support/access-world';
import { aws, service } from '../golden/statements';

const SNS = 'sns.amazonaws.com';
/** Roles are asked as sessions: which it is that a role alone stands for, nobody knows. */
export const PRINCIPALS = [
  S1, `arn:aws:sts::${A}:assumed-role/R/s2`, `arn:aws:sts::${A}:assumed-role/Q/s1`, U, ROOT, `arn:aws:sts::${B}:assumed-role/RB/s1`, ROOT_B, SNS,
];
export const ACTIONS = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:CreateGrant', 'kms:ScheduleKeyDeletion'];
const effect = fc.oneof({ weight: 5, arbitrary: fc.constant('Allow') }, { weight: 2, arbitrary: fc.constant('Deny') });
const actions = fc.constantFrom<object>({ Action: 'kms:*' }, { Action: '*' }, { Action: 'KMS:decrypt' }, { Action: ['kms:Decrypt', 'kms:Encrypt'] },
  { Action: ['kms:D*', 'kms:?ncrypt'] }, { Action: ['kms:Create*', 'kms:GenerateDataKey*'] }, { NotAction: 'kms:Decrypt' },
  { NotAction: ['kms:Encrypt', 'kms:Create*'] }, { Action: 's3:*' });
const principals = fc.constantFrom<object>({ Principal: '*' }, ...[aws('*'), aws(ROOT), aws(A), aws(R), aws(S1), aws(U), aws(Q, ROOT_B), aws(ROOT, RB), aws(B),
  service(SNS), { AWS: ROOT, Service: [SNS] }, aws(`arn:aws:iam::${A}:role/*`), aws(`arn:aws:iam::${A}:group/G`)].map((Principal) => ({ Principal })));
/** Lists in which somebody is in part only leave it to AWS what they do. */
const notPrincipals = fc.constantFrom(aws(S1, R, ROOT), aws(U, ROOT), aws(ROOT), aws(R), { AWS: [ROOT_B], Service: SNS })
  .map((NotPrincipal) => ({ NotPrincipal }));
const resources = fc.constantFrom<object>(...[
  '*', K, K2, [K, K2], `arn:aws:kms:*:${A}:key/*`, `arn:aws:kms:us-east-1:${A}:key/*`, `arn:aws:kms:${REGION}:${A}:alias/*`, 'arn:aws:s3:::*',
  'arn:aws:kms:*:*:${aws:PrincipalTag/team}/*',
].map((Resource) => ({ Resource })), { NotResource: K }, { NotResource: [K2, 'arn:aws:s3:::*'] });
const everywhere = fc.constantFrom<object>({ Resource: '*' }, { Resource: `arn:aws:kms:*:${A}:key/*` }, { NotResource: 'arn:aws:s3:::*' });

/** A world of which the conditions are of these kinds. */
export function worldOf(kinds: readonly Kind[]): fc.Arbitrary<World> {
  const condition = fc.constantFrom(...kinds).chain((kind) => fc.tuple(...kind.map((all) => fc.constantFrom(...all))));
  const conditions = fc.array(condition, { maxLength: 2 }).map(conditionBlock);
  const statement = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Statement> =>
    fc.tuple(effect, actions, conditions, ...parts).map(([Effect, ...rest]) => Object.assign({ Effect }, ...rest) as Statement);
  const keyStatement = statement(fc.constant({ Resource: '*' }), fc.oneof({ weight: 8, arbitrary: principals }, notPrincipals));
  const inHome = fc.array(statement(resources), { maxLength: 3 });
  return fc.record({
    keyPolicy: fc.array(keyStatement, { minLength: 1, maxLength: 4 }),
    r: inHome,
    q: inHome,
    u: inHome,
    // The stacks of another account cannot import the ARN of the key.
    rb: fc.array(statement(everywhere), { maxLength: 3 }),
    boundary: fc.option(fc.array(statement(everywhere), { maxLength: 3 }), { nil: undefined, freq: 2 }),
    version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
  });
}

function conditionBlock(all: readonly unknown[][]): object {
  const block: Record<string, Record<string, unknown>> = {};
  all.forEach(([operator, key, value]) => {
    block[operator as string] = { ...block[operator as string], [key as string]: value };
  });
  return all.length > 0 ? { Condition: block } : {};
}

