import { Clause, clauseOf } from './clause';
import { CallerContext } from './known-context';
import { AwsAction } from '../policy/aws-action';
import { PolicyStatement } from '../policy/policy-statement';
import { Caller, isExempt, NamedAs, namesCaller } from '../principal/caller';
import { and, not, or, Truth } from '../text/truth';

/** What the policy of a resource says to somebody about an action. */
export interface ResourcePolicyClauses {
  readonly allows: readonly { readonly as: NamedAs; readonly clause: Clause }[];
  readonly denies: readonly Clause[];
}

/** A key policy or a trust policy, read for one action. */
export class ResourcePolicy {
  private readonly statements: { readonly statement: PolicyStatement; readonly about: Truth }[] = [];

  constructor(
    statements: readonly PolicyStatement[],
    action: AwsAction,
    /** Whether a statement is about the resource. */
    isAbout: (statement: PolicyStatement) => Truth,
  ) {
    for (const statement of statements) {
      const { actions, problem } = statement;
      const about = and(actions ? action.isChosenBy(actions) : problem === undefined ? false : 'unknown', isAbout(statement));
      if (about !== false) {
        this.statements.push({ statement, about });
      }
    }
  }

  /** What it says to somebody. */
  public clauses(caller: Caller, hasBoundary: Truth, known: CallerContext): ResourcePolicyClauses {
    const allows: { as: NamedAs; clause: Clause }[] = [];
    const denies: Clause[] = [];
    for (const { statement, about } of this.statements) {
      const { effect, principals, problem } = statement;
      const clause = (truth: Truth) => truth === false ? undefined : clauseOf(statement, and(about, truth), known, { keyPolicy: true });
      if (effect !== 'Allow') {
        add(denies, clause(principals ? isDenied(statement, caller, hasBoundary) : 'unknown'));
      }
      if (effect !== 'Deny') {
        for (const [as, truth] of principals ? namedAs(statement, caller) : problem === undefined ? [] : [['everybody', 'unknown'] as const]) {
          const allow = clause(truth);
          if (allow) {
            allows.push({ as, clause: allow });
          }
        }
      }
    }
    return { allows, denies };
  }
}

function namedAs({ principals }: PolicyStatement, caller: Caller): readonly (readonly [NamedAs, Truth])[] {
  const named = principals!.entries.flatMap((entry) => namesCaller(entry, caller));
  return principals!.not ? [['everybody', not(named.map(([, truth]) => truth).reduce(or, false))]] : named;
}

/** Whoever has a permissions boundary is never exempt. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function isDenied({ principals }: PolicyStatement, caller: Caller, hasBoundary: Truth): Truth {
  return principals!.not ? or(hasBoundary, not(isExempt(principals!.entries, caller)))
    : principals!.entries.flatMap((entry) => namesCaller(entry, caller)).map(([, truth]) => truth).reduce(or, false);
}

function add(clauses: Clause[], clause: Clause | undefined): void {
  if (clause) {
    clauses.push(clause);
  }
}
