import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { CustomerManagedKey, CustomerManagedKeyProps, KmsService, PrincipalMatch, ViaServiceOptions } from '../../src';
import { LARGEST_POLICY_BYTES, policySize } from '../../src/key/policy-size';
import { KmsPatternsError } from '../../src/private/kms-patterns-error';
import { TemplateStatement } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION, roleArn } from '../support/key-stack';

// Bounded, and the same runs each time: what they find is found again.
const RUNS = { numRuns: 60, seed: 20261123 };

/** What the README and the docs name. A new code belongs here and there. */
const DOCUMENTED = [
  'ActionNotOfService', 'ActionNotUse', 'AdministratorInvalid', 'AdministratorTwice', 'AliasInvalid', 'IdentityHalfMissing', 'KeyNotForStorage',
  'KeySpecNotForUsage', 'NoSecondAdministrator', 'PendingWindowInvalid', 'PolicyAdministratorNotAdministrator',
  'PolicyAdministratorsWithoutAdministrators', 'PrincipalNotGrantable', 'RotationNotPossible', 'RotationPeriodInvalid', 'RotationPeriodWithoutRotation',
  'ServicePrincipalNeedsService', 'ViaServiceContextUnknown', 'ViaServiceGivenTwice', 'ViaServiceNoCaller',
];
const ADMINISTRATION = ['ReadMetadata', 'Administer', 'ChangePolicy', 'BreakGlass'];
const NO_USE = /\*|crypt|DataKey|Sign|Verify|Mac$|Secret|CreateGrant|Replicate|Primary|Import/i;

type Call = (parts: { key: CustomerManagedKey; stacks: Stack[] }) => unknown;
type CallOf = (id: string) => Call;

const name = fc.constantFrom('admin', 'security', 'deployer', 'reader-*');
const account = fc.oneof({ weight: 9, arbitrary: fc.constant(ACCOUNT) }, { weight: 1, arbitrary: fc.constant(OTHER_ACCOUNT) });
const administrator = fc.tuple(name, account).map(([role, of]) => roleArn(role, of));
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });

const props: fc.Arbitrary<CustomerManagedKeyProps> = fc.record({
  alias: sometimes(fc.constantFrom('billing', 'alias/billing/invoices', 'alias/aws/s3', 'two words')),
  description: sometimes(fc.string()),
  administrators: sometimes(fc.array(administrator, { maxLength: 3 })),
  policyAdministrators: fc.option(fc.array(administrator, { maxLength: 2 }), { nil: undefined, freq: 9 }),
  executionRole: sometimes(fc.constant(roleArn('deployer'))),
  enableKeyRotation: sometimes(fc.boolean()),
  rotationPeriod: sometimes(fc.integer({ min: 60, max: 2700 }).map(Duration.days)),
  enabled: sometimes(fc.boolean()),
  keySpec: fc.option(fc.constantFrom(...Object.values(kms.KeySpec)), { nil: undefined, freq: 3 }),
  keyUsage: fc.option(fc.constantFrom(...Object.values(kms.KeyUsage)), { nil: undefined, freq: 3 }),
  pendingWindow: sometimes(fc.integer({ min: 5, max: 32 }).map(Duration.days)),
  removalPolicy: sometimes(fc.constantFrom(...Object.values(RemovalPolicy).filter((policy) => policy !== RemovalPolicy.SNAPSHOT))),
  denyDirectGrants: sometimes(fc.boolean()),
  denyPolicyLockoutBypass: sometimes(fc.boolean()),
}, { requiredKeys: [] });

/** Half of the runs start from properties that are legal, so that the calls after them are reached. */
const legal: fc.Arbitrary<CustomerManagedKeyProps> = fc.record({
  administrators: sometimes(fc.constant([roleArn('admin'), roleArn('security')])),
  denyDirectGrants: fc.boolean(),
  denyPolicyLockoutBypass: fc.boolean(),
});

const service = fc.constantFrom(...KmsService.all());
const options = fc.constantFrom<ViaServiceOptions | undefined>(
  undefined, {}, { regions: ['eu-west-1'] }, { useOnlyBy: PrincipalMatch.tag('data-domain', 'billing') }, { contexts: ['arn:aws:data:::invoices'] },
);
const grantee: fc.Arbitrary<(stacks: Stack[], id: string) => iam.IGrantable> = fc.oneof(
  fc.tuple(fc.nat(2), fc.option(fc.constant('named'))).map(([index, roleName]) => (stacks: Stack[], id: string) =>
    newRole(stacks[index], id, roleName ? `${roleName}${id}` : undefined)),
  fc.constant((stacks: Stack[], id: string) => new iam.Group(stacks[1], id)),
  fc.constant((stacks: Stack[], id: string) => new iam.PrincipalWithConditions(newRole(stacks[0], id), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
  fc.constantFrom<iam.IGrantable>(
    new iam.AccountPrincipal(OTHER_ACCOUNT), new iam.AccountRootPrincipal(), new iam.ServicePrincipal('sns.amazonaws.com'),
    new iam.ServicePrincipal('iot.amazonaws.com'), roleArn('reader'), roleArn('reader', OTHER_ACCOUNT), new iam.AnyPrincipal(), new iam.ArnPrincipal('*'),
  ).map((principal) => () => principal),
);
const uses = fc.uniqueArray(fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'), { minLength: 1 });
const actions = fc.tuple(uses, fc.boolean()).map(([use, grants]) => grants ? [...use, 'kms:CreateGrant'] : use);
const via = service.map((to): CallOf => () => ({ key }) => key.via(to));
const viaWithOptions = fc.tuple(service, options).map(([to, given]): CallOf => () => ({ key }) => key.via(to, given));
const viaGrant = fc.tuple(service, grantee, actions).map(([to, who, what]): CallOf =>
  (id) => ({ key, stacks }) => key.via(to).grant(who(stacks, id), ...what));
const mostlyUses = fc.oneof({ weight: 9, arbitrary: uses }, { weight: 1, arbitrary: actions });
const directGrant = fc.tuple(grantee, mostlyUses).map(([who, what]): CallOf => (id) => ({ key, stacks }) => key.grant(who(stacks, id), ...what));

/** A sequence of calls, each with grantees of its own. */
const sequenceOf = (...kinds: fc.Arbitrary<CallOf>[]) =>
  fc.array(fc.oneof(...kinds), { maxLength: 10, size: 'large' }).map((made) => made.map((callOf, index) => callOf(`Grantee${index}`)));

function newKey(given: CustomerManagedKeyProps) {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
  const keys = newStack(app);
  const stacks = [keys, newStack(app, 'Users'), newStack(app, 'Elsewhere', { account: OTHER_ACCOUNT, region: REGION })];
  return { stacks, key: new CustomerManagedKey(keys, 'Key', given) };
}

/** Refused calls are documented errors and leave no trace that would break what follows. */
function attempt(made: () => unknown): boolean {
  try {
    made();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(KmsPatternsError);
    expect(DOCUMENTED).toContain((error as KmsPatternsError).code);
    expect((error as KmsPatternsError).message).toMatch(/^\w+: .{40,} \[at Keys\/Key(\/Via\w+)?\]$/s);
    return false;
  }
}

function policyOf(key: CustomerManagedKey): TemplateStatement[] {
  const [resource] = Object.values(Template.fromStack(Stack.of(key)).findResources('AWS::KMS::Key'));
  return resource.Properties.KeyPolicy.Statement;
}

function policyAfter(given: CustomerManagedKeyProps, made: Call[]): TemplateStatement[] {
  const parts = newKey(given);
  made.forEach((one) => attempt(() => one(parts)));
  return policyOf(parts.key);
}

function assertInvariants(statements: TemplateStatement[]): void {
  const sids = statements.map(({ Sid }) => Sid ?? '');
  expect(new Set(sids).size).toBe(sids.length);
  expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  expect(sids.slice(0, 3)).toEqual(['ReadMetadata', 'Administer', 'ChangePolicy']);
  expect(statements.filter(({ Resource }) => Resource !== '*')).toEqual([]);
  for (const { Sid, Effect, Action, Principal, Condition = {} } of statements) {
    const listed = [Action].flat();
    expect(listed).not.toContain('kms:*');
    expect([...listed].sort()).toEqual(listed);
    if (Effect === 'Allow') {
      expect(ADMINISTRATION.includes(Sid!) ? listed.filter((action) => NO_USE.test(action)) : []).toEqual([]);
      expect(listed.includes('kms:CreateGrant') ? Condition.Bool?.['kms:GrantIsForAWSResource'] : 'true').toBe('true');
      expect(Principal?.AWS === '*' ? Condition.StringEquals?.['kms:CallerAccount'] : ACCOUNT).toBe(ACCOUNT);
      expect(JSON.stringify(Principal)).not.toContain('reader-*');
    }
  }
}

test('every key has a policy that keeps the invariants, or is refused with a documented error', () => {
  fc.assert(fc.property(fc.oneof(props, legal), sequenceOf(viaWithOptions, viaGrant, directGrant), (given, made) => {
    let parts: ReturnType<typeof newKey> | undefined;
    attempt(() => { parts = newKey(given); });
    if (!parts) {
      return;
    }
    made.forEach((one) => attempt(() => one(parts!)));
    const statements = policyOf(parts.key);
    assertInvariants(statements);
    expect(policySize(parts.key, { Version: '2012-10-17', Statement: statements })).toBeLessThanOrEqual(LARGEST_POLICY_BYTES);
  }), RUNS);
});

test('the policy is the same in whatever order it was asked for', () => {
  // Without options: of two sets the first one stays, and the second is refused.
  const inTwoOrders = sequenceOf(via, viaGrant, directGrant)
    .chain((made) => fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length })));
  fc.assert(fc.property(legal, inTwoOrders, (given, [made, shuffled]) => {
    expect(policyAfter(given, shuffled)).toEqual(policyAfter(given, made));
  }), RUNS);
});

test('the policy is the same however many use the key through services', () => {
  const services = fc.uniqueArray(service, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(legal, services, fc.array(fc.nat(1), { maxLength: 6 }), (given, handedTo, users) => {
    const handed: Call[] = handedTo.map((to) => ({ key }) => key.via(to));
    const used: Call[] = users.map((stack, index) => ({ key, stacks }) =>
      key.via(handedTo[index % handedTo.length]).grant(newRole(stacks[stack], `Role${index}`), 'kms:Decrypt'));
    expect(policyAfter(given, [...handed, ...used])).toEqual(policyAfter(given, handed));
  }), RUNS);
});
