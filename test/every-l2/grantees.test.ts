import * as iam from 'aws-cdk-lib/aws-iam';
import { TAKERS } from './takers';
import { presentIn } from '../support/key-positions';
import { ACCOUNT, OTHER_ACCOUNT, ROOT } from '../support/key-stack';
import { actionsOnKey, isFenced, KeyTaker, useStatements } from '../support/key-taker';
import { KEY_ARN, Statement, SynthesizedStacks, ThreeStacks } from '../support/three-stacks';

const granting = TAKERS.filter(({ consumer, takes }) => consumer && takes.every(presentIn('aws-cdk-lib'))).map((taker) => [taker.l2, taker] as const);

/** Grants with the L2's own methods to somebody, and synthesizes. */
function granted(taker: KeyTaker, grantee: (stacks: ThreeStacks) => iam.IGrantable): SynthesizedStacks {
  const stacks = new ThreeStacks();
  (taker.build(stacks) as (grantee: iam.IGrantable) => void)(grantee(stacks));
  return stacks.synth();
}

/** The statements of the key policy for a principal. */
function statementsFor(stacks: SynthesizedStacks, principal: string): Statement[] {
  return useStatements(stacks.keyPolicy()).filter(({ Principal }) => [Principal.AWS, Principal.Service].flat().includes(principal));
}

const arn = (account: string) => `arn:aws:iam::${account}:role/consumer`;

describe.each(granting)('%s', (_l2, taker) => {
  test('gives an imported role its half, and does not name it in the key policy', () => {
    const stacks = granted(taker, ({ users }) => iam.Role.fromRoleArn(users, 'Consumer', arn(ACCOUNT)));
    const statements = stacks.identityStatements('Users');
    expect(actionsOnKey(statements)).toEqual(taker.consumer);
    expect(statements.every((statement) => isFenced(statement) && statement.Resource === KEY_ARN)).toBe(true);
    expect(statementsFor(stacks, arn(ACCOUNT))).toEqual([]);
  });

  test('names an imported role that is immutable in the key policy, which is enough in one account', () => {
    const stacks = granted(taker, ({ users }) => iam.Role.fromRoleArn(users, 'Consumer', arn(ACCOUNT), { mutable: false }));
    const statements = statementsFor(stacks, arn(ACCOUNT));
    expect(actionsOnKey(statements)).toEqual(taker.consumer);
    expect(statements.every(isFenced)).toBe(true);
  });

  if (!taker.unnamed) {
    test('gives a role of another account both halves', () => {
      const stacks = granted(taker, (three) =>
        new iam.Role(three.stackOf(OTHER_ACCOUNT), 'Consumer', { roleName: 'consumer', assumedBy: new iam.AccountRootPrincipal() }));
      const [keyHalf, identityHalf] = [statementsFor(stacks, ROOT.replace(ACCOUNT, OTHER_ACCOUNT)), stacks.identityStatements(`Of${OTHER_ACCOUNT}`)];
      expect(actionsOnKey(keyHalf)).toEqual(expect.arrayContaining([...taker.consumer!]));
      expect(actionsOnKey(identityHalf)).toEqual(taker.consumer);
      expect([...keyHalf, ...identityHalf].every(isFenced)).toBe(true);
      expect(keyHalf.every(({ Condition }) => Condition!.ArnEquals['aws:PrincipalArn'] === arn(OTHER_ACCOUNT))).toBe(true);
    });
  }

  test('fails for a role of another account that is imported where its policy is out of reach', () => {
    expect(() => granted(taker, ({ users }) => iam.Role.fromRoleArn(users, 'Consumer', arn(OTHER_ACCOUNT)))).toThrow(/^IdentityHalfMissing: /);
  });

  test('lets another account in, which decides by its own IAM policies', () => {
    const statements = statementsFor(granted(taker, () => new iam.AccountPrincipal(OTHER_ACCOUNT)), ROOT.replace(ACCOUNT, OTHER_ACCOUNT));
    expect(actionsOnKey(statements)).toEqual(expect.arrayContaining([...taker.consumer!]));
    expect(statements.every(isFenced)).toBe(true);
    expect(statements.every(({ Condition }) => Condition!.StringEquals['kms:CallerAccount'] === OTHER_ACCOUNT)).toBe(true);
  });
});

// Amazon DynamoDB's L2s refuse services themselves; a volume is attached by callers only.
describe.each(granting.filter(([, { l2 }]) => !/^(dynamodb|ec2)\./.test(l2)))('%s', (_l2, taker) => {
  test('lets a service in that calls by itself, for this account only where it says for which', () => {
    const statements = statementsFor(granted(taker, () => new iam.ServicePrincipal('iot.amazonaws.com')), 'iot.amazonaws.com');
    expect(statements.map(({ Condition }) => Condition)).toEqual(statements.map(() => ({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } })));
    expect(actionsOnKey(statements).length).toBeGreaterThan(0);
  });
});
