import { Clause, clauseOf, constantClause, resourceMatch } from './clause';
import { KnownContext } from './known-context';
import { KmsAction } from '../policy/kms-action';
import { PolicySet } from '../principal/policy-attachments';
import { Text } from '../text/text';
import { and, Truth } from '../text/truth';

/** What IAM policies say about an action on a resource. */
export interface IdentityClauses {
  readonly allows: readonly Clause[];
  readonly denies: readonly Clause[];
}

/** Reads the policies of an identity, or its permissions boundary, for one action. */
export function identityClauses({ statements, unknown }: PolicySet, action: KmsAction, resource: Text, known: KnownContext): IdentityClauses {
  const allows: Clause[] = [];
  const denies: Clause[] = [];
  for (const statement of statements) {
    const { effect, actions, resources, principals, problem } = statement;
    // IAM refuses a policy without them, and a principal in a policy of an identity.
    const malformed = problem ?? (actions && resources && !principals ? undefined : 'IAM would refuse it');
    const about: Truth = actions ? action.isChosenBy(actions) : 'unknown';
    const match = resources ? resourceMatch(statement, resource) : { truth: 'unknown' as const, tests: [] };
    const clause = clauseOf(malformed === undefined ? statement : { ...statement, problem: malformed }, and(about, match.truth), known,
      { keyPolicy: false, resources: match.tests });
    if (clause && effect !== 'Deny') {
      allows.push(clause);
    }
    if (clause && effect !== 'Allow') {
      denies.push(clause);
    }
  }
  for (const { text, mayDeny } of unknown) {
    allows.push(constantClause(text, 'unknown'));
    if (mayDeny) {
      denies.push(constantClause(text, 'unknown'));
    }
  }
  return { allows, denies };
}
