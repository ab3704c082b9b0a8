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

/** Condition keys whose values are not the same for all roles, or all users, of an account. */
const PERSONAL = ['aws:principalarn', 'aws:userid', 'aws:username'];

/** A statement about the action. */
interface Candidate {
  readonly statement: PolicyStatement;
  readonly about: Truth;
  /** What it says to everybody of a kind in an account, where that is the same. */
  readonly general?: Map<string, ResourcePolicyClauses>;
}

/** A key policy or a trust policy, read for one action. */
export class ResourcePolicy {
  private readonly candidates: Candidate[] = [];

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
        this.candidates.push({ statement, about, ...isGeneral(statement) ? { general: new Map<string, ResourcePolicyClauses>() } : {} });
      }
    }
  }

  /** How many statements are about the action. */
  public get size(): number {
    return this.candidates.length;
  }

  /** What it says to somebody. */
  public clauses(caller: Caller, hasBoundary: Truth, known: CallerContext): ResourcePolicyClauses {
    const group = caller.kind === 'service' ? undefined : `${caller.kind} ${caller.account}`;
    const parts = this.candidates.map((candidate) => {
      const before = group === undefined ? undefined : candidate.general?.get(group);
      const part = before ?? clausesOf(candidate, caller, hasBoundary, known);
      if (group !== undefined && before === undefined) {
        candidate.general?.set(group, part);
      }
      return part;
    });
    return { allows: parts.flatMap(({ allows }) => allows), denies: parts.flatMap(({ denies }) => denies) };
  }
}

function clausesOf({ statement, about }: Candidate, caller: Caller, hasBoundary: Truth, known: CallerContext): ResourcePolicyClauses {
  const { effect, principals, problem } = statement;
  const clause = (truth: Truth) => truth === false ? undefined : clauseOf(statement, and(about, truth), known, { keyPolicy: true });
  const denies = effect === 'Allow' ? [] : [clause(principals ? isDenied(statement, caller, hasBoundary) : 'unknown')];
  const named = effect === 'Deny' ? [] : principals ? namedAs(statement, caller) : problem === undefined ? [] : [['everybody', 'unknown'] as const];
  return {
    allows: named.flatMap(([as, truth]) => {
      const allow = clause(truth);
      return allow ? [{ as, clause: allow }] : [];
    }),
    denies: denies.filter((deny) => deny !== undefined),
  };
}

/** Whether a statement names whole accounts only, and asks nothing that tells the people of an account apart. */
function isGeneral({ principals, tests }: PolicyStatement): boolean {
  return principals !== undefined && !principals.not && principals.entries.every(({ type, text }) => type !== 'AWS' || /^(\*|\d{12}|arn:[a-z-]+:iam::\d{12}:root)$/.test(text))
    && tests.every(({ keys }) => !keys.some((key) => PERSONAL.includes(key)));
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
