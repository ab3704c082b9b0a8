import { CfnElement, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

interface GivenParameters {
  readonly parameters?: { [name: string]: string };
  readonly enforceSSL?: boolean;
}

const REQUIRE_SSL = 'require_ssl';

/** The parameters that are given, with those that refuse connections without TLS and log the activity of users; sorted by name. */
export function redshiftParameters(warehouse: Construct, { parameters = {}, enforceSSL = true }: GivenParameters): [name: string, value: string][] {
  const given = parameters[REQUIRE_SSL];
  if (enforceSSL && given !== undefined && !requires(given)) {
    throw new KmsPatternsError('TlsNotForced',
      `connections without TLS would be let in, given: ${REQUIRE_SSL} = '${given}'; leave the parameter out, or write enforceSSL: false`, warehouse);
  }
  return Object.entries({ enable_user_activity_logging: 'true', ...enforceSSL ? { [REQUIRE_SSL]: 'true' } : {}, ...parameters })
    .sort(([one], [other]) => one < other ? -1 : 1);
}

/** Whether a list of parameters, as a resource has it, still refuses connections without TLS. */
export function requiresTls(resource: CfnElement, parameters: unknown, name: string, value: string): boolean {
  const list: unknown = Stack.of(resource).resolve(parameters);
  return Array.isArray(list) && list.some((parameter) => parameter[name] === REQUIRE_SSL && requires(parameter[value]));
}

/** What is known at deployment only passes. */
function requires(value: unknown): boolean {
  return typeof value !== 'string' || Token.isUnresolved(value) || /^(true|on|1)$/i.test(value);
}
