import { Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { engineFacts, iamAuthenticationOf } from '../../../src/resource/database/database-engine';
import { tlsParameterOf } from '../../../src/resource/database/forced-tls';
import { AURORA_MYSQL, AURORA_POSTGRES, MYSQL, ORACLE, POSTGRES, SQL_SERVER } from '../../support/databases';

const mariaDb = (major: string) => rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.of(`${major}.1`, major) });
const mysql = (major: string) => rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of(`${major}.1`, major) });
const FORCE_SSL = { name: 'rds.force_ssl', value: '1' };
const ON_INSTANCES = { name: 'require_secure_transport', value: '1' };
const ON_CLUSTERS = { name: 'require_secure_transport', value: 'ON' };

test.each<[string, rds.IEngine, object, boolean | undefined]>([
  ['PostgreSQL', POSTGRES, FORCE_SSL, true],
  ['MySQL', MYSQL, ON_INSTANCES, true],
  ['MySQL 5.7', mysql('5.7'), ON_INSTANCES, true],
  ['MariaDB 10.5', mariaDb('10.5'), ON_INSTANCES, undefined],
  ['MariaDB 10.6', mariaDb('10.6'), ON_INSTANCES, true],
  ['MariaDB 11.4', mariaDb('11.4'), ON_INSTANCES, true],
  ['MariaDB of any version', rds.DatabaseInstanceEngine.MARIADB, ON_INSTANCES, true],
  ['SQL Server', SQL_SERVER, FORCE_SSL, undefined],
  ['SQL Server Express', rds.DatabaseInstanceEngine.SQL_SERVER_EX, FORCE_SSL, undefined],
  ['Aurora PostgreSQL', AURORA_POSTGRES, FORCE_SSL, true],
  ['Aurora MySQL', AURORA_MYSQL, ON_CLUSTERS, true],
])('%s is told by a parameter to refuse connections without TLS, and takes IAM authentication or not', (_name, engine, tls, iamAuthentication) => {
  expect(tlsParameterOf(new Stack(), engine)).toMatchObject(tls);
  expect(iamAuthenticationOf(new Stack(), engine)).toBe(iamAuthentication);
});

test.each<[string, rds.IEngine]>([['Oracle', ORACLE], ['RDS Custom', { engineType: 'custom-oracle-ee' }], ['an engine to come', { engineType: 'db3' }]])(
  'nothing is known of %s', (_name, engine) => {
    expect(engineFacts(engine)).toEqual({});
  });

test('IAM authentication is turned off where asked', () => {
  expect(iamAuthenticationOf(new Stack(), POSTGRES, false)).toBe(false);
  expect(iamAuthenticationOf(new Stack(), ORACLE, false)).toBeUndefined();
});

test.each<[rds.IEngine, string]>([
  [ORACLE, 'the engine takes no IAM authentication, given: oracle-ee 19'],
  [SQL_SERVER, 'the engine takes no IAM authentication, given: sqlserver-se 16.00'],
  [mariaDb('10.5'), 'mariadb takes IAM authentication since version 10.6, given: mariadb 10.5'],
])('fails for IAM authentication with an engine that takes none: %j', (engine, problem) => {
  expect(() => iamAuthenticationOf(new Stack(), engine, true)).toThrow(
    `NoIamAuthentication: ${problem} with iamAuthentication: true; leave it out [at Default]`);
});

test.each<[rds.IEngine, string]>([
  [mariaDb('10.4'), 'mariadb can force TLS since version 10.5, given: mariadb 10.4; take a later version, or write enforceSSL: false'],
  [mysql('5.6'), 'mysql can force TLS since version 5.7, given: mysql 5.6; take a later version, or write enforceSSL: false'],
  [ORACLE, 'no parameter of this engine forces TLS, given: oracle-ee 19; force it with the optionGroup (for Oracle NATIVE_NETWORK_ENCRYPTION with '
    + 'SQLNET.ENCRYPTION_SERVER = REQUIRED), and write enforceSSL: false'],
])('fails for TLS with an engine that has no parameter for it: %j', (engine, problem) => {
  expect(() => tlsParameterOf(new Stack(), engine)).toThrow(`TlsNotByParameter: ${problem} [at Default]`);
});
