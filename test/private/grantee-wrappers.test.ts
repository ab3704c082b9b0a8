import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { hasIdentityPolicy, realGrantee } from '../../src/private/grantee';
import { newRole, newStack, roleArn } from '../support/key-stack';

const conditions = { StringEquals: { 'aws:PrincipalTag/data-domain': 'billing' } };

describe('the principal behind', () => {
  test.each<[string, (role: iam.Role) => iam.IPrincipal]>([
    ['a role', (role) => role],
    ['ViaServicePrincipal', (role) => new kms.ViaServicePrincipal('s3.eu-west-2.amazonaws.com', role)],
    ['withConditions', (role) => new iam.PrincipalWithConditions(role, conditions)],
    ['withSessionTags', (role) => new iam.SessionTagsPrincipal(role)],
    ['all of them at once', (role) => new kms.ViaServicePrincipal('s3.eu-west-2.amazonaws.com',
      new iam.SessionTagsPrincipal(new iam.PrincipalWithConditions(role, conditions)))],
    ['the ARN of a role', (role) => new iam.ArnPrincipal(role.roleArn)],
    ['the ARN of a role under conditions', (role) => new iam.ArnPrincipal(role.roleArn).withConditions(conditions)],
  ])('%s is the role', (_name, wrap) => {
    const role = newRole(newStack());
    expect(realGrantee(wrap(role)).principal).toBe(role);
  });

  test.each<[string, iam.PrincipalBase]>([
    ['the ARN of a role that exists', roleArn('billing')],
    ['an account', new iam.AccountPrincipal('111122223333')],
    ['the account of the stack', new iam.AccountRootPrincipal()],
    ['a service', new iam.ServicePrincipal('s3.amazonaws.com')],
  ])('%s is itself, also under conditions', (_name, principal) => {
    expect(realGrantee(principal).principal).toBe(principal);
    expect(realGrantee(principal.withConditions(conditions)).principal).toBe(principal);
    expect(realGrantee(principal.withSessionTags()).principal).toBe(principal);
  });

  test('the ARN of another resource is itself', () => {
    const policy = new iam.ManagedPolicy(newStack(), 'Policy', { statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] });
    const principal = new iam.ArnPrincipal(policy.managedPolicyArn);
    expect(realGrantee(principal).principal).toBe(principal);
  });
});

describe('conditions of a wrapper', () => {
  test('stay, but for those of the fence', () => {
    const wrapped = new kms.ViaServicePrincipal('s3.eu-west-2.amazonaws.com', new iam.PrincipalWithConditions(newRole(newStack()), conditions));
    expect(realGrantee(wrapped).conditions).toEqual(conditions);
  });
});

describe('an IAM policy that statements reach', () => {
  const arn = 'arn:aws:iam::111122223333:role/billing';

  test.each<[string, (role: iam.Role) => iam.IPrincipal, boolean]>([
    ['a role has one', (role) => role, true],
    ['a role without policy updates has none', (role) => role.withoutPolicyUpdates().grantPrincipal, false],
    ['a role without policy updates that grants to resources has none', (role) => role.withoutPolicyUpdates({ addGrantsToResources: true }).grantPrincipal, false],
    ['an imported role has one', (role) => iam.Role.fromRoleArn(role, 'Imported', arn).grantPrincipal, true],
    ['an imported role that is immutable has none', (role) => iam.Role.fromRoleArn(role, 'Imported', arn, { mutable: false }).grantPrincipal, false],
    ['a principal that nobody knows has none', (role) => new iam.UnknownPrincipal({ resource: role }), false],
  ])('%s', (_name, make, expected) => {
    expect(hasIdentityPolicy(make(newRole(newStack())))).toBe(expected);
  });
});
