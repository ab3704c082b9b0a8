import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, CustomerManagedKeyProps } from '../../src';
import { policySids, statement } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION, roleArn } from '../support/key-stack';

const EXECUTION_ROLE = `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`;
const make = (props: CustomerManagedKeyProps) => new CustomerManagedKey(newStack(), 'Key', props);

describe('named administrators', () => {
  test('can be roles and users of the app and of the account', () => {
    const stack = newStack();
    const role = newRole(stack);
    const key = new CustomerManagedKey(stack, 'Key', {
      administrators: [role, new iam.User(stack, 'User'), roleArn('admin'), iam.Role.fromRoleName(stack, 'Imported', 'security')],
      executionRole: roleArn('deployer'),
    });
    expect(statement(key, 'Administer').Principal?.AWS).toEqual(expect.arrayContaining([
      { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] },
      { 'Fn::GetAtt': ['User00B015A1', 'Arn'] },
      `arn:aws:iam::${ACCOUNT}:role/admin`,
      `arn:aws:iam::${ACCOUNT}:role/security`,
      `arn:aws:iam::${ACCOUNT}:role/deployer`,
    ]));
  });

  test('can be the account: its IAM decides, and CloudFormation is among them', () => {
    const key = make({ administrators: [new iam.AccountRootPrincipal()], executionRole: roleArn('deployer') });
    expect(statement(key, 'ChangePolicy').Principal?.AWS).toHaveLength(2);
  });

  test('can include the execution role, which is not added again', () => {
    const key = make({ administrators: [roleArn(EXECUTION_ROLE), roleArn('admin')] });
    expect(statement(key, 'ChangePolicy').Principal).toEqual({ AWS: [`arn:aws:iam::${ACCOUNT}:role/admin`, `arn:aws:iam::${ACCOUNT}:role/${EXECUTION_ROLE}`] });
  });

  test('have the root user to fall back to', () => {
    expect(policySids(make({ administrators: [roleArn('admin')] }))).toContain('BreakGlass');
  });

  test.each<[string, CustomerManagedKeyProps, string]>([
    ['one of them is named twice', { administrators: [roleArn('admin'), roleArn('security'), roleArn('admin')] },
      `AdministratorTwice: administrators names arn:aws:iam::${ACCOUNT}:role/admin twice; name it once [at Keys/Key]`],
    ['one of those who change the policy is named twice', { administrators: [roleArn('admin')], policyAdministrators: [roleArn('admin'), roleArn('admin')] },
      `AdministratorTwice: policyAdministrators names arn:aws:iam::${ACCOUNT}:role/admin twice; name it once [at Keys/Key]`],
    ['one of them is a wildcard', { administrators: [roleArn('admin-*')] },
      `AdministratorInvalid: administrators was given ArnPrincipal(arn:aws:iam::${ACCOUNT}:role/admin-*), and a key policy takes no wildcard in a principal; `
      + `name roles or users of the account ${ACCOUNT} [at Keys/Key]`],
    ['one of them is everyone', { administrators: [new iam.AnyPrincipal()] },
      'AdministratorInvalid: administrators was given AnyPrincipal(), and a key policy takes no wildcard in a principal; '
      + `name roles or users of the account ${ACCOUNT} [at Keys/Key]`],
    ['one of them is a service', { administrators: [new iam.ServicePrincipal('cloudformation.amazonaws.com')] },
      'AdministratorInvalid: administrators was given ServicePrincipal(cloudformation.amazonaws.com), and only roles and users can be named; '
      + `name roles or users of the account ${ACCOUNT} [at Keys/Key]`],
    ['one of them belongs to another account', { administrators: [roleArn('admin', OTHER_ACCOUNT)] },
      `AdministratorInvalid: administrators was given ArnPrincipal(arn:aws:iam::${OTHER_ACCOUNT}:role/admin), and it belongs to another account (${OTHER_ACCOUNT}); `
      + `name roles or users of the account ${ACCOUNT} [at Keys/Key]`],
    ['the execution role belongs to another account', { administrators: [roleArn('admin')], executionRole: roleArn('deployer', OTHER_ACCOUNT) },
      `AdministratorInvalid: executionRole was given ArnPrincipal(arn:aws:iam::${OTHER_ACCOUNT}:role/deployer), and it belongs to another account (${OTHER_ACCOUNT}); `
      + `name roles or users of the account ${ACCOUNT} [at Keys/Key]`],
    ['only the execution role is named', { administrators: [roleArn('deployer')], executionRole: roleArn('deployer') },
      'NoSecondAdministrator: besides the CloudFormation execution role nobody could change the key policy; name one more administrator [at Keys/Key]'],
    ['only the execution role of the synthesizer is named', { administrators: [roleArn(EXECUTION_ROLE)] },
      'NoSecondAdministrator: besides the CloudFormation execution role nobody could change the key policy; name one more administrator [at Keys/Key]'],
    ['only the execution role could change the policy',
      { administrators: [roleArn('admin'), roleArn('deployer')], policyAdministrators: [roleArn('deployer')], executionRole: roleArn('deployer') },
      'NoSecondAdministrator: besides the CloudFormation execution role nobody could change the key policy; name one more administrator [at Keys/Key]'],
    ['nobody is named', { administrators: [] },
      'NoSecondAdministrator: besides the CloudFormation execution role nobody could change the key policy; name one more administrator [at Keys/Key]'],
    ['who changes the policy is none of them', { administrators: [roleArn('admin')], policyAdministrators: [roleArn('security')] },
      'PolicyAdministratorNotAdministrator: policyAdministrators are some of the administrators, given beside them: '
      + `arn:aws:iam::${ACCOUNT}:role/security; add them to administrators [at Keys/Key]`],
    ['only those who change the policy are named', { policyAdministrators: [roleArn('security')] },
      'PolicyAdministratorsWithoutAdministrators: policyAdministrators was given without administrators; name the administrators as well [at Keys/Key]'],
  ])('fails where %s', (_name, props, message) => {
    expect(() => make(props)).toThrow(new Error(message));
  });

  test('fails where one of them is a group, which no key policy can name', () => {
    const stack = newStack();
    expect(() => new CustomerManagedKey(stack, 'Key', { administrators: [new iam.Group(stack, 'Admins') as unknown as iam.IPrincipal] })).toThrow(new Error(
      `AdministratorInvalid: administrators was given Keys/Admins, and only roles and users can be named; name roles or users of the account ${ACCOUNT} [at Keys/Key]`,
    ));
  });
});

describe('the IAM half of the execution role', () => {
  const ID = 'cdk-kms-patterns:executionRoleAssumed';
  const assumptions = (stack: ReturnType<typeof newStack>) => Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp(ID));

  test('is printed as an assumption, once for each stack', () => {
    const app = newApp();
    const [keys, others] = [newStack(app), newStack(app, 'Others')];
    ['A', 'B'].forEach((id) => [keys, others].forEach((stack) => new CustomerManagedKey(stack, id)));
    expect([assumptions(keys).length, assumptions(others).length]).toEqual([1, 1]);
    expect(assumptions(keys)[0].entry.data).toBe(
      'Assumed: IAM allows kms:PutKeyPolicy to {"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},'
      + `":iam::${ACCOUNT}:role/${EXECUTION_ROLE}"]]}, or AWS KMS refuses the keys of this stack. `
      + `CustomerManagedKey.deployPermissions() says what it needs. [ack: ${ID}]`,
    );
  });

  test('is that of the role that is given', () => {
    const key = make({ executionRole: roleArn('deployer') });
    expect(assumptions(key.stack as ReturnType<typeof newStack>)[0].entry.data).toContain(`to arn:aws:iam::${ACCOUNT}:role/deployer,`);
  });

  test('is printed for each role with which the keys of a stack are deployed', () => {
    const stack = newStack();
    ['blue', 'green'].forEach((role) => new CustomerManagedKey(stack, role, { executionRole: roleArn(role) }));
    expect(assumptions(stack)).toHaveLength(2);
  });

  test('is no assumption where administrators are named: the key policy lets the role in by itself', () => {
    expect(assumptions(make({ administrators: [roleArn('admin')] }).stack as ReturnType<typeof newStack>)).toEqual([]);
  });
});
