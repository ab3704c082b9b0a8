import { ConditionOperator, holds } from './condition-operator';
import { fillVariables, Lookup, variableKeys } from './policy-variables';
import { matchesText, plainText, readable, Text } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

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
  /** Texts with policy variables, and what they are compared with. */
  readonly variables?: { readonly patterns: readonly Text[]; readonly with: (lookup: Lookup) => ReturnType<Lookup> };
  holds(lookup: Lookup): Truth | 'open';
}

/** The test of one condition of a statement. */
export function conditionTest(asked: StatementCondition, variables: boolean): ConditionTest {
  const { operator, operatorName, key, values } = asked;
  const name = key.toLowerCase();
  // Other operators compare with the text as it stands. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  const filling = variables && /string|arn/i.test(operatorName) && values.some((value) => value.includes('${'));
  return {
    id: JSON.stringify([operatorName, key, filling, values]),
    asked,
    keys: [...new Set([name, ...filling ? values.flatMap(variableKeys) : []])],
    condition: { operator: operatorName, key, values: values.map(readable) },
    ...filling ? { variables: { patterns: values, with: (lookup) => lookup(name) } } : {},
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
          wanted.push(/like$|arn/.test(operatorName.toLowerCase().replace('ifexists', '')) ? filled : plainText(filled));
        }
      }
      return holds(operator, given, wanted);
    },
  };
}

/** Patterns of a Resource or NotResource that have policy variables. */
export interface OpenResources {
  readonly not: boolean;
  readonly entries: readonly { readonly text: Text; readonly sure: boolean }[];
  /** Whether one of the other patterns matches. */
  readonly others: Truth;
}

/** The test of a Resource that has policy variables. */
export function resourceTest({ not: negated, entries, others }: OpenResources, arn: Text): ConditionTest {
  return {
    id: JSON.stringify([negated, entries, others, arn]),
    keys: [...new Set(entries.flatMap(({ text }) => variableKeys(text)))],
    condition: { operator: negated ? 'NotResource' : 'Resource', key: 'Resource', values: entries.map(({ text }) => readable(text)) },
    variables: { patterns: entries.map(({ text }) => text), with: () => [arn] },
    holds(lookup) {
      let [met, open] = [others, false];
      for (const { text, sure } of entries) {
        const filled = fillVariables(text, lookup);
        open ||= filled === 'open';
        met = filled === 'open' || filled === undefined ? met : or(met, and(matchesText(filled, arn), sure ? true : 'unknown'));
      }
      return met === true ? !negated : open ? 'open' : negated ? not(met) : met;
    },
  };
}

/** AWS KMS denies where `kms:ResourceAliases` would have to look at more. https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const MOST_ALIASES = 50;
