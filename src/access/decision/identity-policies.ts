import { Clause, clauseOf, constantClause, doubtfulClause } from './clause';
import { CallerContext } from './known-context';
import { ResourcePatterns } from './resource-patterns';
import { AwsAction } from '../policy/aws-action';
import { PolicyStatement } from '../policy/policy-statement';
import { PolicySet } from '../principal/policy-attachments';
import { isExactText, Text } from '../text/text';
import { Truth } from '../text/truth';

/** What IAM policies say about an action on a resource. */
export interface IdentityClauses {
  readonly allows: readonly Clause[];
  readonly denies: readonly Clause[];
}

/** A statement about an action, and the clause that it is for a resource that it is about. */
interface Candidate {
  readonly place: number;
  readonly statement: PolicyStatement;
  readonly clause: Clause;
  /** Nothing where nobody knows. */
  readonly resources?: ResourcePatterns;
}

/** The policies of an identity, or its permissions boundary, read for one action. */
export class IdentityPolicies {
  private readonly candidates: Candidate[] = [];
  /** Those that name their resources in full, by these: of many policies, few are about the same key. */
  private readonly byResource = new Map<Text, Candidate[]>();
  private readonly others: Candidate[] = [];
  private readonly unknownAllows: readonly Clause[];
  private readonly unknownDenies: readonly Clause[];

  constructor({ statements, unknown }: PolicySet, action: AwsAction, private readonly known: CallerContext) {
    for (const one of statements) {
      // IAM refuses a policy without them, and a principal in a policy of an identity.
      const isWhole = one.problem !== undefined || (one.actions && one.resources && !one.principals);
      const statement = isWhole ? one : { ...one, problem: 'IAM would refuse it' };
      const about: Truth = statement.actions ? action.isChosenBy(statement.actions) : 'unknown';
      const clause = about === false ? undefined : clauseOf(statement, about, known, { keyPolicy: false });
      if (clause) {
        const { resources, variables } = statement;
        this.add({ place: this.candidates.length, statement, clause, ...resources ? { resources: new ResourcePatterns(resources, variables) } : {} });
      }
    }
    this.unknownAllows = unknown.map(({ text }) => constantClause(`whether it is allowed by ${text}`, 'unknown'));
    this.unknownDenies = unknown.filter(({ mayDeny }) => mayDeny).map(({ text }) => constantClause(`whether it is denied by ${text}`, 'unknown'));
  }

  /** How many statements are about the action. */
  public get size(): number {
    return this.candidates.length;
  }

  /** The most that they may say of some resource. */
  public get most(): 'allowed' | 'denied' | 'unknown' {
    const allows = this.candidates.filter(({ statement }) => statement.effect !== 'Deny');
    return allows.some(({ clause }) => clause.base === true) ? 'allowed' : allows.length + this.unknownAllows.length > 0 ? 'unknown' : 'denied';
  }

  public on(resource: Text): IdentityClauses {
    const allows: Clause[] = [];
    const denies: Clause[] = [];
    for (const candidate of this.about(resource)) {
      const clause = this.clause(candidate, resource);
      if (clause && candidate.statement.effect !== 'Deny') {
        allows.push(clause);
      }
      if (clause && candidate.statement.effect !== 'Allow') {
        denies.push(clause);
      }
    }
    return { allows: [...allows, ...this.unknownAllows], denies: [...denies, ...this.unknownDenies] };
  }

  private add(candidate: Candidate): void {
    this.candidates.push(candidate);
    const exact = candidate.resources?.exact;
    if (exact) {
      exact.forEach((text) => {
        const named = this.byResource.get(text) ?? [];
        named.push(candidate);
        this.byResource.set(text, named);
      });
    } else {
      this.others.push(candidate);
    }
  }

  /** Those that may be about a resource, in the order of the policies. */
  private about(resource: Text): readonly Candidate[] {
    if (!isExactText(resource)) {
      return this.candidates;
    }
    const named = this.byResource.get(resource);
    return named ? [...new Set([...this.others, ...named])].sort((a, b) => a.place - b.place) : this.others;
  }

  private clause({ statement, clause, resources }: Candidate, resource: Text): Clause | undefined {
    const match = resources ? resources.match(resource) : 'unknown';
    return match === false ? undefined : match === true ? clause : match === 'unknown' ? doubtfulClause(statement, clause)
      : clauseOf(statement, clause.base, this.known, { keyPolicy: false, resources: [match] });
  }
}
