import { Clause, constantClause } from './clause';
import { carries } from '../policy/condition-keys';
import { conditionOperator } from '../policy/condition-operator';
import { conditionTest, ConditionTest } from '../policy/condition-test';
import { KmsAction } from '../policy/kms-action';
import { Caller } from '../principal/caller';
import { equalText, readable } from '../text/text';
import { Truth } from '../text/truth';

/** A grant on a key. No template makes one: AWS services do, and people. */
export interface KeyGrant {
  /** The key, as a question names it. */
  readonly key: string;
  /** The ARN of a principal, or a service principal. */
  readonly grantee: string;
  /** Without `kms:`, such as `Decrypt`. */
  readonly operations: readonly string[];
  /** The encryption context that must be all of the request's. */
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
  /** The encryption context that must be part of the request's. */
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  /** The resource for which alone a service may use it. */
  readonly sourceArn?: string;
}

/** What grants allow somebody. */
export function grantClauses(grants: readonly KeyGrant[], caller: Caller, action: KmsAction): Clause[] {
  return grants.flatMap((grant): Clause[] => {
    const granted: Truth = isGrantee(grant, caller);
    if (granted === false || !grant.operations.some((operation) => operation.toLowerCase() === action.name)) {
      return [];
    }
    const reason = `the grant of ${grant.operations.join(', ')} to ${readable(grant.grantee)}`;
    return [{ ...constantClause(reason, granted), tests: action.name === 'retiregrant' ? [] : constraints(grant, action) }];
  });
}

function isGrantee({ grantee }: KeyGrant, { arn, session, kind }: Caller): Truth {
  return equalText(grantee, arn) === true ? true : kind === 'role' && session !== undefined ? equalText(grantee, session) : equalText(grantee, arn);
}

/**
 * An encryption context binds only the operations that carry one, and its keys in any case.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraints({ encryptionContextEquals, encryptionContextSubset, sourceArn }: KeyGrant, action: KmsAction): ConditionTest[] {
  const pairs = Object.entries({ ...encryptionContextSubset, ...encryptionContextEquals });
  const context = [
    ...pairs.map(([key, value]) => test('StringEquals', `kms:EncryptionContext:${key}`, [value])),
    ...encryptionContextEquals ? [test('ForAllValues:StringEqualsIgnoreCase', 'kms:EncryptionContextKeys', Object.keys(encryptionContextEquals))] : [],
  ];
  return [
    ...carries(action.name, 'kms:encryptioncontextkeys') && action.name !== 'creategrant' ? context : [],
    ...sourceArn === undefined ? [] : [test('ArnEquals', 'aws:SourceArn', [sourceArn])],
  ];
}

function test(operatorName: string, key: string, values: readonly string[]): ConditionTest {
  return conditionTest({ operator: conditionOperator(operatorName)!, operatorName, key, values }, false);
}
