import {
  BootstraplessSynthesizer, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, IStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack,
  Stage,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CustomerManagedKey } from '../../src';
import { executionRoleArn } from '../../src/key/execution-role';
import { statement } from '../support/key-policy';
import { ACCOUNT, newApp, newStack, REGION, roleArn } from '../support/key-stack';

const env = { account: ACCOUNT, region: REGION };
const inPartition = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:role/${resource}`]] });
const stackWith = (synthesizer: IStackSynthesizer, context = {}) => new Stack(newApp(context), 'Keys', { env, synthesizer });

describe('the role with which CloudFormation deploys', () => {
  test.each<[string, () => Stack, string]>([
    ['of the default synthesizer', () => newStack(), `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`],
    ['of a synthesizer with a qualifier', () => stackWith(new DefaultStackSynthesizer({ qualifier: 'billing' })), `cdk-billing-cfn-exec-role-${ACCOUNT}-${REGION}`],
    ['of an app with a qualifier', () => newStack(newApp({ '@aws-cdk/core:bootstrapQualifier': 'finance' })), `cdk-finance-cfn-exec-role-${ACCOUNT}-${REGION}`],
    ['of a nested stack', () => new NestedStack(new NestedStack(newStack(), 'Outer'), 'Inner'), `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`],
    ['of a stack of a stage', () => new Stack(new Stage(newApp(), 'Production', { env }), 'Keys'), `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`],
    ['of the synthesizer that reuses roles', () => stackWith(new BootstraplessSynthesizer()), `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`],
  ])('%s is known', (_name, stackOf, name) => {
    const stack = stackOf();
    expect(stack.resolve(executionRoleArn(stack))).toEqual(inPartition(name));
  });

  test('that a synthesizer names is known', () => {
    const stack = stackWith(new BootstraplessSynthesizer({ cloudFormationExecutionRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deployer' }));
    expect(stack.resolve(executionRoleArn(stack))).toEqual(inPartition('deployer'));
  });

  test('of a stack without an environment has the pseudo parameters', () => {
    const stack = newStack(newApp(), 'Keys', {});
    const [partition, account, region] = ['AWS::Partition', 'AWS::AccountId', 'AWS::Region'].map((Ref) => ({ Ref }));
    expect(stack.resolve(executionRoleArn(stack))).toEqual({
      'Fn::Join': ['', ['arn:', partition, ':iam::', account, ':role/cdk-hnb659fds-cfn-exec-role-', account, '-', region]],
    });
  });

  test('is one of the named administrators', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { administrators: [roleArn('admin')] });
    expect(statement(key, 'ChangePolicy').Principal?.AWS).toContainEqual(inPartition(`cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`));
  });
});

describe.each<[string, () => IStackSynthesizer]>([
  ['CliCredentialsStackSynthesizer', () => new CliCredentialsStackSynthesizer()],
  ['LegacyStackSynthesizer', () => new LegacyStackSynthesizer()],
])('%s, which deploys with the credentials of whoever deploys', (name, synthesizer) => {
  test('fails where administrators are named', () => {
    expect(() => new CustomerManagedKey(stackWith(synthesizer()), 'Key', { administrators: [roleArn('admin')] })).toThrow(new Error(
      `ExecutionRoleUnknown: administrators are named, and the synthesizer of the stack (${name}) does not say which role CloudFormation deploys with; `
      + 'write executionRole, or it would be locked out [at Keys/Key]',
    ));
  });

  test('does with administrators and an execution role', () => {
    const key = new CustomerManagedKey(stackWith(synthesizer()), 'Key', { administrators: [roleArn('admin')], executionRole: roleArn('deployer') });
    expect(statement(key, 'ChangePolicy').Principal).toEqual({ AWS: [`arn:aws:iam::${ACCOUNT}:role/admin`, `arn:aws:iam::${ACCOUNT}:role/deployer`] });
  });

  test('does where the IAM of the account decides', () => {
    const stack = stackWith(synthesizer());
    new CustomerManagedKey(stack, 'Key');
    Annotations.fromStack(stack).hasInfo('/Keys', Match.stringLikeRegexp('IAM allows kms:PutKeyPolicy to whoever deploys, or AWS KMS refuses'));
  });
});
