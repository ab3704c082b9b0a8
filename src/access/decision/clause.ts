import { CallerContext } from './known-context';
import { ConditionTest } from '../policy/condition-test';
import { PolicyStatement, StatementRef } from '../policy/policy-statement';
import { Text } from '../text/text';
import { and, Truth } from '../text/truth';

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
  /** The statement, where parts of it are not known. */
  readonly unsettled?: PolicyStatement;
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

function madeClause(statement: PolicyStatement, base: true | 'unknown', tests: readonly ConditionTest[]): Clause {
  const { ref, problem } = statement;
  return problem !== undefined ? { reason: ref, tests, base: 'unknown', doubt: problem }
    : base === true ? { reason: ref, tests, base }
      : { reason: ref, tests, base, doubt: 'it depends on what is known at deployment only', unsettled: statement };
}

function alwaysValues(key: string, known: CallerContext, keyPolicy: boolean): readonly Text[] | undefined | 'open' {
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases: in IAM policies only.
  const values = keyPolicy && key === 'kms:resourcealiases' ? 'absent' : known.always(key);
  return values === 'absent' ? undefined : values ?? 'open';
}
