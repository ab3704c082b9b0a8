import { ConditionOperator, holds } from './condition-operator';
import { fillVariables, Lookup, variableKeys } from './policy-variables';
import { matchesText, readable, Text } from '../text/text';
import { QUESTION_MARK, STAR } from '../text/text-parts';
import { Truth } from '../text/truth';

/** A condition as a report prints it. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A condition as it stands in a policy, under one operator and one key. */
export interface StatementCondition {
  readonly operator: ConditionOperator;
  readonly operatorName: string;
  readonly key: string;
  readonly values: readonly Text[];
}

/** Whether something holds for a request, as far as the request says; `open` where it leaves that to the answer. */
export interface ConditionTest {
  /** The same for tests that ask the same. */
  readonly id: string;
  /** The condition keys that it reads, in lower case. */
  readonly keys: readonly string[];
  readonly condition: Condition;
  /** What the policy asks, and by which operator; nothing for a resource with policy variables. */
  readonly asked?: StatementCondition;
  holds(lookup: Lookup): Truth | 'open';
}

/** The test of one condition of a statement. */
export function conditionTest(asked: StatementCondition, variables: boolean): ConditionTest {
  const { operator, operatorName, key, values } = asked;
  const name = key.toLowerCase();
  const filling = variables && values.some((value) => value.includes('${'));
  return {
    id: JSON.stringify([operatorName, key, filling, values]),
    asked,
    keys: [...new Set([name, ...filling ? values.flatMap(variableKeys) : []])],
    condition: { operator: operatorName, key, values: values.map(readable) },
    holds(lookup) {
      const given = lookup(name);
      if (given === 'open') {
        return 'open';
      }
      if (name === 'kms:resourcealiases' && given !== undefined && given.length > MOST_ALIASES) {
        return false;
      }
      if (!filling) {
        return holds(operator, given, values);
      }
      const wanted: Text[] = [];
      for (const value of values) {
        const filled = fillVariables(value, lookup);
        if (filled === 'open') {
          return 'open';
        }
        if (filled !== undefined) {
          wanted.push(/like$|arn/.test(operatorName.toLowerCase().replace('ifexists', '')) ? filled : plain(filled));
        }
      }
      return holds(operator, given, wanted);
    },
  };
}

/** The test of a Resource that has policy variables. */
export function resourceTest(pattern: Text, arn: Text, not: boolean): ConditionTest {
  return {
    id: JSON.stringify([not, pattern, arn]),
    keys: variableKeys(pattern),
    condition: { operator: not ? 'NotResource' : 'Resource', key: 'Resource', values: [readable(pattern)] },
    holds(lookup) {
      const filled = fillVariables(pattern, lookup);
      const met = filled === 'open' ? 'open' : filled === undefined ? false : matchesText(filled, arn);
      return not && typeof met === 'boolean' ? !met : met;
    },
  };
}

/** AWS KMS denies where `kms:ResourceAliases` would have to look at more. https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const MOST_ALIASES = 50;

function plain(text: Text): Text {
  return text.replaceAll(STAR, '*').replaceAll(QUESTION_MARK, '?');
}
