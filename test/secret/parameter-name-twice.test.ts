import { App, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ParameterValue, SecureStringParameter } from '../../src';
import { ACCOUNT, newApp, newStack, REGION } from '../support/key-stack';

const [HERE, THERE] = [{ account: ACCOUNT, region: REGION }, { account: ACCOUNT, region: 'eu-west-1' }];

function named(scope: Construct, id: string, parameterName: string): SecureStringParameter {
  return new SecureStringParameter(scope, id, { parameterName, value: ParameterValue.generated() });
}

describe('a name that is given twice', () => {
  test.each<[string, (scope: Construct) => Construct, string]>([
    ['in a stack', (scope) => scope, '/token'],
    ['with a slash before it', (scope) => scope, 'token'],
    ['in two stacks of an account and Region', (scope) => newStack(scope.node.root as App, 'Other', HERE), '/token'],
  ])('fails: %s', (_where, other, name) => {
    const stack = newStack(newApp(), 'Data', HERE);
    named(stack, 'One', '/token');
    const second = named(other(stack), 'Two', name);

    expect(() => (stack.node.root as App).synth()).toThrow(
      `[${second.node.path}] ParameterNameGivenTwice: two parameters have the ARN arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/token, given: Data/One before; `
      + 'write another parameterName');
  });

  test.each<[string, object, (app: App) => Construct]>([
    ['in another Region', HERE, (app) => newStack(app, 'Other', THERE)],
    ['in stacks that may go into different accounts', {}, (app) => newStack(app, 'Other', {})],
    ['in another Stage', HERE, (app) => new Stack(new Stage(app, 'Prod', { env: HERE }), 'Data')],
  ])('is another parameter %s', (_where, env, other) => {
    const app = newApp();
    named(newStack(app, 'Data', env), 'One', '/token');
    named(other(app), 'One', '/token');

    expect(() => app.synth()).not.toThrow();
  });

  test('fails in a stack whose account is known at deployment only', () => {
    const app = newApp();
    const stack = newStack(app, 'Data', {});
    named(stack, 'One', '/token');
    named(stack, 'Two', '/token');

    expect(() => app.synth()).toThrow('ParameterNameGivenTwice');
  });
});
