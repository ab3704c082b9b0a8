import { Stack, Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { IConstruct } from 'constructs';
import { engineFacts, engineName, isAtLeast, TlsParameter } from './database-engine';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** Where the parameters of a database come from. */
export interface DatabaseParameters {
  readonly parameters?: { [name: string]: string };
  readonly parameterGroup?: rds.IParameterGroup;
}

interface TlsChoice extends DatabaseParameters {
  readonly engine: rds.IEngine;
  readonly enforceSSL?: boolean;
}

type ParameterGroupL1 = rds.CfnDBParameterGroup | rds.CfnDBClusterParameterGroup;

/** The parameters or the group as the database takes them, with the one that forces TLS. */
export function withForcedTls(database: IConstruct, choice: TlsChoice, kind: 'instance' | 'cluster'): DatabaseParameters {
  const { engine, parameters, parameterGroup, enforceSSL = true } = choice;
  if (!enforceSSL) {
    return { parameters, parameterGroup };
  }
  const tls = tlsParameterOf(database, engine);
  const given = parameterGroup ? givenIn(parameterGroup, tls, kind) : parameters?.[tls.name];
  if (given !== undefined && !forcesTls(given)) {
    throw new KmsPatternsError('TlsNotForced',
      `connections without TLS would be let in, given: ${tls.name} = '${String(given)}'; leave the parameter out, or write enforceSSL: false`, database);
  }
  if (!parameterGroup) {
    assertFamily(database, engine);
    return { parameters: { ...parameters, [tls.name]: String(given ?? tls.value) } };
  }
  if (given === undefined && !parameterGroup.addParameter(tls.name, tls.value)) {
    throw new KmsPatternsError('ParameterGroupOutOfReach',
      `the parameter group is not of this app, so that it cannot be seen whether it forces TLS, given: ${parameterGroup.node.path}; `
      + `set ${tls.name} = '${tls.value}' in it and write enforceSSL: false, or leave parameterGroup out`, database);
  }
  return { parameters, parameterGroup };
}

function assertFamily(database: IConstruct, engine: rds.IEngine): void {
  if (!engine.parameterGroupFamily) {
    throw new KmsPatternsError('EngineWithoutVersion',
      `a parameter group is for one major version, and forces TLS, given: ${engine.engineType} without a version; `
      + 'name the version, such as DatabaseInstanceEngine.postgres({ version })', database);
  }
}

/** The parameter that forces TLS, or how else it is forced. */
export function tlsParameterOf(database: IConstruct, engine: rds.IEngine): TlsParameter {
  const { tls } = engineFacts(engine);
  if (!tls || (tls.since !== undefined && !isAtLeast(engine, tls.since))) {
    throw new KmsPatternsError('TlsNotByParameter', tls
      ? `${engine.engineType} can force TLS since version ${tls.since}, given: ${engineName(engine)}; take a later version, or write enforceSSL: false`
      : `no parameter of this engine forces TLS, given: ${engineName(engine)}; force it with the optionGroup (for Oracle NATIVE_NETWORK_ENCRYPTION with `
        + 'SQLNET.ENCRYPTION_SERVER = REQUIRED), and write enforceSSL: false', database);
  }
  return tls;
}

/** Whether a value of the parameter forces TLS. What is known at deployment only passes. */
export function forcesTls(value: unknown): boolean {
  return typeof value !== 'string' || Token.isUnresolved(value) || /^(1|on|true)$/i.test(value);
}

/** The value that a group of this app has already; `rds.ParameterGroup` makes its resource when a database binds it. */
function givenIn(group: rds.IParameterGroup, { name }: TlsParameter, kind: 'instance' | 'cluster'): unknown {
  if (kind === 'cluster') {
    group.bindToCluster({});
  } else {
    group.bindToInstance({});
  }
  const resource = group.node.children.find(isParameterGroup);
  return resource && parametersOf(resource)[name];
}

/** The parameters of a group, as they will stand in the template. */
export function parametersOf(group: ParameterGroupL1): Record<string, unknown> {
  return (Stack.of(group).resolve(group.parameters) ?? {}) as Record<string, unknown>;
}

/** Whether a construct is the resource of a parameter group. */
export function isParameterGroup(construct: unknown): construct is ParameterGroupL1 {
  return rds.CfnDBParameterGroup.isCfnDBParameterGroup(construct) || rds.CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(construct);
}
