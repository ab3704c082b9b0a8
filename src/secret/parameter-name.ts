import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** With the ARN before it: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
const LONGEST_ARN = 1011;
const MOST_LEVELS = 15;
/** `arn:aws-us-gov:ssm:ap-southeast-2:111122223333:parameter`, where the place is known at deployment only. */
const LONGEST_PREFIX = 57;

/** The name of a parameter, which stands in policies: it must be known, and be one that Parameter Store takes. */
export function assertParameterName(parameter: IConstruct, name: string): void {
  const problem = Token.isUnresolved(name) ? 'a token' : problemOf(name);
  if (problem) {
    throw new KmsPatternsError('ParameterNameInvalid',
      `the name of a parameter is known before deployment, such as /billing/token, given: ${problem}; write a name of letters, digits and _.-/, with `
      + `a slash before each of at most ${MOST_LEVELS} levels or with none, that starts with neither aws nor ssm`, parameter);
  }
}

/** The ARN of a parameter, which is its encryption context as well. */
export function parameterArn(parameter: IConstruct, name: string, region = Stack.of(parameter).region): string {
  const { partition, account } = Stack.of(parameter);
  return `arn:${partition}:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

function problemOf(name: string): string | undefined {
  const levels = name.split('/');
  const path = name.startsWith('/');
  const fits = /^[\w.\-/]+$/.test(name)
    && !/^\/?(aws|ssm)/i.test(name)
    && (path ? levels.slice(1).every((level) => level !== '') && levels.length - 1 <= MOST_LEVELS : levels.length === 1)
    && LONGEST_PREFIX + name.length <= LONGEST_ARN;
  return fits ? undefined : `'${name.length > 100 ? `${name.slice(0, 100)}…' (${name.length} characters)` : `${name}'`}`;
}
