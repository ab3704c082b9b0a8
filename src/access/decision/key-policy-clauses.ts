import { Clause, clauseOf } from './clause';
import { KeyResource } from '../key-resource';
import { KnownContext } from './known-context';
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

/** Reads a key policy for one caller and action. */
export function keyPolicyClauses(key: KeyResource, caller: Caller, hasBoundary: boolean, action: KmsAction, known: KnownContext): KeyPolicyClauses {
  const allows: { as: NamedAs; clause: Clause }[] = [];
  const denies: Clause[] = [];
  const refused: string[] = [];
  for (const statement of key.statements) {
    const { effect, actions, principals, problem } = statement;
    const about = and(actions ? action.isChosenBy(actions) : problem === undefined ? false : 'unknown', isOnTheKey(statement));
    if (about === false) {
      if (actions && action.isChosenBy(actions) !== false && effect === 'Allow') {
        refused.push(`${nameOf(statement)} has no Resource "*", which AWS KMS refuses`);
      }
      continue;
    }
    const clause = (truth: Truth) => clauseOf(statement, and(about, truth), known, { keyPolicy: true });
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
  return { allows, denies, refused };
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
function isDenied({ principals }: PolicyStatement, caller: Caller, hasBoundary: boolean): Truth {
  return principals!.not ? hasBoundary ? true : not(isExempt(principals!.entries, caller))
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
