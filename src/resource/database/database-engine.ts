import { Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** A parameter with which an engine refuses connections without TLS. */
export interface TlsParameter {
  readonly name: string;
  /** The value that forces TLS, in the spelling that Amazon RDS takes for this engine. */
  readonly value: string;
  /** The major version that has it first. */
  readonly since?: string;
}

/** What an engine of Amazon RDS can do for the safety of its connections. */
export interface EngineFacts {
  /** Without it, the engine says in another way how TLS is forced. */
  readonly tls?: TlsParameter;
  /** The major version that takes IAM authentication first; `any` where all do; without it, none does. */
  readonly iamAuthenticationSince?: string;
}

const FORCE_SSL = { name: 'rds.force_ssl', value: '1' };
// Instances take 0 and 1, clusters ON and OFF: https://github.com/prowler-cloud/prowler/pull/4116
const INSTANCE_SECURE_TRANSPORT = { name: 'require_secure_transport', value: '1' };
const CLUSTER_SECURE_TRANSPORT = { name: 'require_secure_transport', value: 'ON' };

/**
 * By the type of the engine, or how it begins.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
 */
const ENGINES: Record<string, EngineFacts> = {
  'aurora-mysql': { tls: CLUSTER_SECURE_TRANSPORT, iamAuthenticationSince: 'any' },
  'aurora-postgresql': { tls: FORCE_SSL, iamAuthenticationSince: 'any' },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html
  'mariadb': { tls: { ...INSTANCE_SECURE_TRANSPORT, since: '10.5' }, iamAuthenticationSince: '10.6' },
  // The server has the parameter since 5.7: https://dev.mysql.com/doc/refman/5.7/en/server-system-variables.html
  'mysql': { tls: { ...INSTANCE_SECURE_TRANSPORT, since: '5.7' }, iamAuthenticationSince: 'any' },
  'postgres': { tls: FORCE_SSL, iamAuthenticationSince: 'any' },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html
  'sqlserver-': { tls: FORCE_SSL },
  // By an option group: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html
  'oracle-': {},
};

/** What is known of an engine; nothing where it is not known. */
export function engineFacts({ engineType }: rds.IEngine): EngineFacts {
  return ENGINES[engineType] ?? ENGINES[`${engineType.split('-')[0]}-`] ?? {};
}

/** Whether IAM decides who connects: where the engine can, unless it is turned off. */
export function iamAuthenticationOf(database: IConstruct, engine: rds.IEngine, asked?: boolean): boolean | undefined {
  const since = engineFacts(engine).iamAuthenticationSince;
  if (since !== undefined && (since === 'any' || isAtLeast(engine, since))) {
    return asked ?? true;
  }
  if (asked) {
    throw new KmsPatternsError('NoIamAuthentication',
      `${since ? `${engine.engineType} takes IAM authentication since version ${since}` : 'the engine takes no IAM authentication'}, `
      + `given: ${engineName(engine)} with iamAuthentication: true; leave it out`, database);
  }
  return undefined;
}

/** The engine with its major version, where it has one. */
export function engineName({ engineType, engineVersion }: rds.IEngine): string {
  return engineVersion ? `${engineType} ${engineVersion.majorVersion}` : engineType;
}

/** Whether an engine is of a major version or a later one. */
export function isAtLeast({ engineVersion }: rds.IEngine, since: string): boolean {
  const version = engineVersion?.majorVersion;
  if (version === undefined || Token.isUnresolved(version)) {
    return true;
  }
  const [[major, minor = 0], [sinceMajor, sinceMinor = 0]] = [version, since].map((text) => text.split('.').map(Number));
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
