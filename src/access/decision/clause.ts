import { CallerContext } from './known-context';
import { Condition, ConditionTest, resourceTest } from '../policy/condition-test';
import { PolicyStatement, StatementRef } from '../policy/policy-statement';
import { Lookup, variableKeys } from '../policy/policy-variables';
import { matchesText, Text } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** What an answer rests on: a statement, or in words what is not there or not known. */
export type Reason = StatementRef | string;

/** A statement for one principal, action and key: it applies where all its tests hold. */
export interface Clause {
  readonly reason: Reason;
  /** Whether it applies once its tests hold. */
  readonly base: true | 'unknown';
  readonly tests: readonly ConditionTest[];
  /** Why nobody knows. */
  readonly doubt?: string;
}

/** A clause that always, or perhaps, applies. */
export function constantClause(reason: Reason, base: true | 'unknown' = true): Clause {
  return { reason, base, tests: [], ...base === 'unknown' ? { doubt: typeof reason === 'string' ? reason : 'it depends on what is known at deployment only' } : {} };
}

/** Which kind of policy a statement is of. */
interface ClauseOptions {
  readonly keyPolicy: boolean;
  /** What its resources ask of the request. */
  readonly resources?: readonly ConditionTest[];
}

/** The clause of a statement that is about the principal, action and resource as far as `applies` says; nothing where it never applies. */
export function clauseOf(statement: PolicyStatement, applies: Truth, known: CallerContext, options: ClauseOptions): Clause | undefined {
  let base: Truth = and(applies, statement.sure ? true : 'unknown');
  const tests: ConditionTest[] = [];
  for (const test of options.resources ? [...options.resources, ...statement.tests] : statement.tests) {
    if (base === false) {
      return undefined;
    }
    const outcome = test.holds((key) => alwaysValues(key, known, options.keyPolicy));
    if (outcome === 'open') {
      tests.push(test);
    } else {
      base = and(base, outcome);
    }
  }
  return base === false ? undefined : madeClause(statement, base, tests);
}

/** Where a clause that applies to some resources is asked about one that it may only perhaps be about. */
export function doubtfulClause(statement: PolicyStatement, clause: Clause): Clause {
  return clause.base === 'unknown' ? clause : madeClause(statement, 'unknown', clause.tests);
}

function madeClause({ ref, problem }: PolicyStatement, base: true | 'unknown', tests: readonly ConditionTest[]): Clause {
  const doubt = problem ?? (base === 'unknown' ? 'it depends on what is known at deployment only' : undefined);
  return { reason: ref, tests, base: problem === undefined ? base : 'unknown', ...doubt === undefined ? {} : { doubt } };
}

/** Whether a statement's resources hold an ARN, with tests for those that have policy variables. */
export function resourceMatch({ resources, variables }: PolicyStatement, arn: Text): { truth: Truth; tests: ConditionTest[] } {
  if (!resources) {
    return { truth: false, tests: [] };
  }
  const isOpen = (text: Text) => variables && variableKeys(text).length > 0;
  const truth = resources.entries.filter(({ text }) => !isOpen(text))
    .map(({ text, sure }) => and(matchesText(text, arn), sure ? true : 'unknown')).reduce(or, false);
  const open = resources.entries.filter(({ text }) => isOpen(text)).map(({ text }) => resourceTest(text, arn, resources.not));
  if (open.length === 0 || truth === true) {
    return { truth: resources.not ? not(truth) : truth, tests: [] };
  }
  // All patterns of NotResource must miss, one of Resource must hit.
  return resources.not ? { truth: not(truth), tests: open } : { truth: true, tests: [anyOf(open)] };
}

function anyOf(tests: readonly ConditionTest[]): ConditionTest {
  const condition: Condition = { ...tests[0].condition, values: tests.flatMap(({ condition: { values } }) => values) };
  return tests.length === 1 ? tests[0] : {
    id: JSON.stringify(tests.map(({ id }) => id)),
    keys: [...new Set(tests.flatMap(({ keys }) => keys))],
    condition,
    holds(lookup: Lookup) {
      const outcomes = tests.map((test) => test.holds(lookup));
      return outcomes.includes(true) ? true : outcomes.includes('open') ? 'open' : outcomes.includes('unknown') ? 'unknown' : false;
    },
  };
}

function alwaysValues(key: string, known: CallerContext, keyPolicy: boolean): readonly Text[] | undefined | 'open' {
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases: in IAM policies only.
  const values = keyPolicy && key === 'kms:resourcealiases' ? 'absent' : known.always(key);
  return values === 'absent' ? undefined : values ?? 'open';
}
