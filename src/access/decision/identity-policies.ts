import { Clause, clauseOf, constantClause, doubtfulClause, resourceMatch } from './clause';
import { CallerContext } from './known-context';
import { KmsAction } from '../policy/kms-action';
import { PolicyStatement } from '../policy/policy-statement';
import { PolicySet } from '../principal/policy-attachments';
import { Text } from '../text/text';
import { Truth } from '../text/truth';

/** What IAM policies say about an action on a resource. */
export interface IdentityClauses {
  readonly allows: readonly Clause[];
  readonly denies: readonly Clause[];
}

/** The policies of an identity, or its permissions boundary, read for one action. */
export class IdentityPolicies {
  /** Statements about the action, with the clause that each is for a resource that it is about. */
  private readonly statements: { readonly statement: PolicyStatement; readonly clause: Clause }[] = [];
  private readonly unknownAllows: readonly Clause[];
  private readonly unknownDenies: readonly Clause[];

  constructor({ statements, unknown }: PolicySet, action: KmsAction, private readonly known: CallerContext) {
    for (const one of statements) {
      // IAM refuses a policy without them, and a principal in a policy of an identity.
      const isWhole = one.problem !== undefined || (one.actions && one.resources && !one.principals);
      const statement = isWhole ? one : { ...one, problem: 'IAM would refuse it' };
      const about: Truth = statement.actions ? action.isChosenBy(statement.actions) : 'unknown';
      const clause = about === false ? undefined : clauseOf(statement, about, known, { keyPolicy: false });
      if (clause) {
        this.statements.push({ statement, clause });
      }
    }
    this.unknownAllows = unknown.map(({ text }) => constantClause(text, 'unknown'));
    this.unknownDenies = unknown.filter(({ mayDeny }) => mayDeny).map(({ text }) => constantClause(text, 'unknown'));
  }

  public on(resource: Text): IdentityClauses {
    const allows: Clause[] = [];
    const denies: Clause[] = [];
    for (const one of this.statements) {
      const clause = this.clause(one.statement, one.clause, resource);
      if (clause && one.statement.effect !== 'Deny') {
        allows.push(clause);
      }
      if (clause && one.statement.effect !== 'Allow') {
        denies.push(clause);
      }
    }
    allows.push(...this.unknownAllows);
    denies.push(...this.unknownDenies);
    return { allows, denies };
  }

  private clause(statement: PolicyStatement, clause: Clause, resource: Text): Clause | undefined {
    if (!statement.resources) {
      return doubtfulClause(statement, clause);
    }
    const { truth, tests } = resourceMatch(statement, resource);
    return truth === false ? undefined
      : tests.length > 0 ? clauseOf(statement, clause.base === 'unknown' ? 'unknown' : truth, this.known, { keyPolicy: false, resources: tests })
        : truth === true ? clause : doubtfulClause(statement, clause);
  }
}
