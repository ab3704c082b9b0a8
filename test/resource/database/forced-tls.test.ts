import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { withForcedTls } from '../../../src/resource/database/forced-tls';
import { AURORA_MYSQL, MYSQL, ORACLE, POSTGRES } from '../../support/databases';

const KIND = { instance: 'AWS::RDS::DBParameterGroup', cluster: 'AWS::RDS::DBClusterParameterGroup' } as const;

function group(engine: rds.IEngine, parameters: Record<string, string> = {}, stack = new Stack()) {
  return new rds.ParameterGroup(stack, 'Group', { engine, parameters });
}

/** The parameters of a group, as they will stand in the template. */
function inTemplate(parameterGroup: rds.IParameterGroup, kind: keyof typeof KIND): unknown {
  const found = parameterGroup.node.children.find((child) => (child as rds.CfnDBParameterGroup).cfnResourceType === KIND[kind]);
  return Stack.of(parameterGroup).resolve((found as rds.CfnDBParameterGroup).parameters);
}

test('adds the parameter to those that are given', () => {
  expect(withForcedTls(new Stack(), { engine: POSTGRES, parameters: { log_connections: '1' } }, 'instance')).toEqual({
    parameters: { 'log_connections': '1', 'rds.force_ssl': '1' },
  });
});

test.each<['instance' | 'cluster', rds.IEngine, string]>([['instance', MYSQL, '1'], ['cluster', AURORA_MYSQL, 'ON']])(
  'adds the parameter to a group of the app, of an %s', (kind, engine, value) => {
    const parameterGroup = group(engine, { max_connections: '100' });

    expect(withForcedTls(new Stack(), { engine, parameterGroup }, kind)).toEqual({ parameterGroup });
    expect(inTemplate(parameterGroup, kind)).toEqual({ max_connections: '100', require_secure_transport: value });
  });

test.each(['1', 'ON', 'on', 'true'])('leaves a parameter that forces TLS as it is: %s', (value) => {
  const parameterGroup = group(MYSQL, { require_secure_transport: value });
  withForcedTls(new Stack(), { engine: MYSQL, parameterGroup }, 'instance');

  expect(inTemplate(parameterGroup, 'instance')).toEqual({ require_secure_transport: value });
  expect(withForcedTls(new Stack(), { engine: MYSQL, parameters: { require_secure_transport: value } }, 'instance').parameters)
    .toEqual({ require_secure_transport: value });
});

test('leaves a value that is known at deployment only', () => {
  const stack = new Stack();
  const { valueAsString } = new CfnParameter(stack, 'ForceSsl');

  expect(stack.resolve(withForcedTls(stack, { engine: POSTGRES, parameters: { 'rds.force_ssl': valueAsString } }, 'instance').parameters))
    .toEqual({ 'rds.force_ssl': { Ref: 'ForceSsl' } });
  expect(() => withForcedTls(stack, { engine: POSTGRES, parameterGroup: group(POSTGRES, { 'rds.force_ssl': valueAsString }, stack) }, 'instance')).not.toThrow();
});

test('leaves everything as it is where TLS is not to be forced', () => {
  const parameterGroup = rds.ParameterGroup.fromParameterGroupName(new Stack(), 'Group', 'ledger');

  expect(withForcedTls(new Stack(), { engine: ORACLE, enforceSSL: false }, 'instance')).toEqual({});
  expect(withForcedTls(new Stack(), { engine: POSTGRES, parameterGroup, enforceSSL: false }, 'instance')).toEqual({ parameterGroup });
});

test.each<[string, (stack: Stack) => object]>([
  ['parameters', () => ({ parameters: { 'rds.force_ssl': '0' } })],
  ['a group', (stack) => ({ parameterGroup: group(POSTGRES, { 'rds.force_ssl': '0' }, stack) })],
])('fails for %s that let in connections without TLS', (_given, choice) => {
  const stack = new Stack();
  expect(() => withForcedTls(stack, { engine: POSTGRES, ...choice(stack) }, 'instance')).toThrow(
    'TlsNotForced: connections without TLS would be let in, given: rds.force_ssl = \'0\'; leave the parameter out, or write enforceSSL: false [at Default]');
});

test('fails for a group that another app owns', () => {
  const stack = new Stack();
  const parameterGroup = rds.ParameterGroup.fromParameterGroupName(stack, 'Group', 'ledger');

  expect(() => withForcedTls(stack, { engine: POSTGRES, parameterGroup }, 'instance')).toThrow(
    'ParameterGroupOutOfReach: the parameter group is not of this app, so that it cannot be seen whether it forces TLS, given: Default/Group; '
    + 'set rds.force_ssl = \'1\' in it and write enforceSSL: false, or leave parameterGroup out [at Default]');
});

test('fails for an engine without a version, which no parameter group is for', () => {
  expect(() => withForcedTls(new Stack(), { engine: rds.DatabaseInstanceEngine.POSTGRES }, 'instance')).toThrow(
    'EngineWithoutVersion: a parameter group is for one major version, and forces TLS, given: postgres without a version; '
    + 'name the version, such as DatabaseInstanceEngine.postgres({ version }) [at Default]');
});
