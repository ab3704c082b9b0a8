import { Clause, clauseOf } from './clause';
import { KeyResource } from '../key-resource';
import { CallerContext } from './known-context';
import { KmsAction } from '../policy/kms-action';
import { PolicyStatement } from '../policy/policy-statement';
import { Caller, isExempt, NamedAs, namesCaller } from '../principal/caller';
import { equalText } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** What a key policy says to somebody about an action. */
export interface KeyPolicyClauses {
  readonly allows: readonly { readonly as: NamedAs; readonly clause: Clause }[];
  readonly denies: readonly Clause[];
  /** Statements that AWS KMS would refuse, and which allow nothing therefore. */
  readonly refused: readonly string[];
}

/** A key policy, read for one action. */
export class KeyPolicy {
  private readonly statements: { readonly statement: PolicyStatement; readonly about: Truth }[] = [];
  private readonly refused: string[] = [];

  constructor(key: KeyResource, action: KmsAction) {
    for (const statement of key.statements) {
      const { effect, actions, problem } = statement;
      const chosen = actions ? action.isChosenBy(actions) : problem === undefined ? false : 'unknown';
      const about = and(chosen, isOnTheKey(statement));
      if (about !== false) {
        this.statements.push({ statement, about });
      } else if (actions && chosen !== false && effect === 'Allow') {
        this.refused.push(`${nameOf(statement)} has no Resource "*", which AWS KMS refuses`);
      }
    }
  }

  /** What it says to somebody. */
  public clauses(caller: Caller, hasBoundary: Truth, known: CallerContext): KeyPolicyClauses {
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
    return { allows, denies, refused: this.refused };
  }
}

/**
 * In a key policy "*" is the key, and AWS KMS refuses everything else since August 2025. What such a statement denies on an older key is not known.
 */
function isOnTheKey({ effect, resources, problem }: PolicyStatement): Truth {
  if (!resources) {
    return problem === undefined ? false : 'unknown';
  }
  const whole = resources.not ? false : resources.entries.map(({ text, sure }) => and(equalText(text, '*'), sure ? true : 'unknown')).reduce(or, false);
  return whole === false && effect !== 'Allow' ? 'unknown' : whole;
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

function nameOf({ ref: { stack, logicalId, index, sid } }: PolicyStatement): string {
  return `statement ${sid ?? index} of ${stack}/${logicalId}`;
}

function add(clauses: Clause[], clause: Clause | undefined): void {
  if (clause) {
    clauses.push(clause);
  }
}
