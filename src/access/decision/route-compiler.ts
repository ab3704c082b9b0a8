import { Access, Factor, Route } from './access';
import { AskedAction } from './asked-action';
import { Asker } from './asker';
import { Clause, constantClause } from './clause';
import { IdentityClauses } from './identity-policies';
import { KnownContext } from './known-context';
import { ResourcePolicyClauses } from './resource-policy';
import { AwsAction } from '../policy/aws-action';
import { NamedAs } from '../principal/caller';
import { Text } from '../text/text';
import { Truth } from '../text/truth';

/** Named so, a caller is limited by no permissions boundary. */
const UNLIMITED: readonly NamedAs[] = ['everybody', 'session', 'user', 'service'];

/** What an action is on, as sentences name it. */
export interface Target {
  /** The ARN that IAM policies must name, or `*`. */
  readonly arn: Text;
  /** `on the key` */
  readonly on: string;
  /** The policy of the resource, where it has one. */
  readonly policy?: 'key policy' | 'trust policy';
}

/** The ways in which somebody can be allowed an action on something. */
export abstract class RouteCompiler<A extends AwsAction> {
  protected denies: readonly Clause[] = [];
  protected missing: string[] = [];
  protected readonly asker: Asker;
  protected readonly action: A;
  protected readonly who: string;
  private readonly routes: Route[] = [];
  private readonly closed: Route[] = [];
  private boundaryFactors?: Factor[];

  constructor(protected readonly asked: AskedAction<A>, protected readonly target: Target) {
    ({ asker: this.asker, action: this.action, who: this.who } = asked);
  }

  protected compiled(ofResource: ReadonlyMap<string, readonly Text[]>, keyCannot?: string): Access {
    const { routes, closed, denies, missing } = this;
    const known = new KnownContext(this.asked.known, ofResource);
    return { routes, closed, denies, missing, known, memory: {}, ...keyCannot === undefined ? {} : { keyCannot } };
  }

  /** What IAM says; the account root needs no policy. */
  protected identity(): IdentityClauses {
    const { policies, boundary } = this.asked;
    const clauses = policies ? policies.on(this.target.arn)
      : { allows: this.asker.caller.kind === 'root' ? [constantClause('the root user of an account needs no IAM policy')] : [], denies: [] };
    this.denies = [...this.denies, ...clauses.denies, ...boundary ? boundary.on(this.target.arn).denies : []];
    return clauses;
  }

  /** The policy of the resource names somebody of its account, which suffices, or leaves it to the account's IAM. */
  protected inAccount({ allows }: ResourcePolicyClauses, identity: IdentityClauses, own: Truth, further: () => readonly Factor[] = () => []): void {
    const chosen = (...as: NamedAs[]) => allows.filter((allow) => as.includes(allow.as)).map(({ clause }) => clause);
    const { kind } = this.asker.caller;
    this.named(chosen(...UNLIMITED, ...kind === 'root' ? ['account' as const] : []), chosen('role'), own, further);
    if (kind !== 'root' && kind !== 'service') {
      this.delegated(chosen('account'), identity, own, further);
    }
  }

  protected acrossAccounts({ allows }: ResourcePolicyClauses, identity: IdentityClauses, own: Truth): void {
    const missing = `a statement of ${this.policy} that allows ${this.action.text} to ${this.who} or its account`;
    if (allows.length === 0) {
      this.missing.push(`no statement of ${this.policy} allows ${this.action.text} to ${this.who} or its account`);
    }
    if (identity.allows.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} ${this.target.on} to ${this.who}, which access from another account needs in any case`);
    }
    this.route('another account', own, [
      { half: this.target.policy!, alternatives: allows.map(({ clause }) => clause), missing }, this.identityFactor(identity), ...this.boundary(),
    ]);
  }

  protected identityOnly(identity: IdentityClauses, holds: Truth): void {
    if (identity.allows.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} to ${this.who}, and no ${this.target.policy ?? 'other policy'} can`);
    }
    this.route('IAM only', holds, [this.identityFactor(identity), ...this.boundary()]);
  }

  protected route(kind: Route['kind'], holds: Truth, factors: readonly Factor[]): void {
    if (holds === false) {
      return;
    }
    if (factors.some(({ alternatives }) => alternatives.length === 0)) {
      this.closed.push({ kind, factors });
      return;
    }
    const doubt = `whether ${this.who} is of ${this.target.policy === 'key policy' ? 'the key\'s account' : `the account ${this.target.on.replace(/^on/, 'of')}`}`;
    const account: Factor[] = holds === 'unknown' ? [{ half: 'account', alternatives: [constantClause(doubt, 'unknown')], missing: doubt }] : [];
    this.routes.push({ kind, factors: [...account, ...factors] });
  }

  protected get hasBoundary(): Truth {
    const { boundary, boundaryUnknown } = this.asker;
    return boundaryUnknown === undefined ? boundary !== undefined : 'unknown';
  }

  /** That there may be a boundary. */
  protected get doubts(): Clause[] {
    const { boundaryUnknown } = this.asker;
    return boundaryUnknown === undefined ? [] : [constantClause(boundaryUnknown, 'unknown')];
  }

  private get policy(): string {
    return `the ${this.target.policy}`;
  }

  private named(unlimited: readonly Clause[], limited: readonly Clause[], own: Truth, further: () => readonly Factor[]): void {
    const half = this.target.policy!;
    const missing = `a statement of ${this.policy} that allows ${this.action.text} to ${this.who}`;
    if (unlimited.length + limited.length === 0) {
      this.missing.push(`no statement of ${this.policy} allows ${this.action.text} to ${this.who} by name`);
    }
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html: a boundary limits what a role is named for, not what its session is.
    const session = this.asker.caller.kind === 'role' && this.hasBoundary !== false ? 'a session of ' : '';
    const unlimitedMissing = `a statement of ${this.policy} that allows ${this.action.text} to ${session}${this.who}`;
    this.route('named', own, [{ half, alternatives: unlimited, missing: unlimitedMissing }, ...further()]);
    this.route('named', own, [{ half, alternatives: limited, missing }, ...further(), ...this.boundary()]);
  }

  private delegated(delegating: readonly Clause[], identity: IdentityClauses, own: Truth, further: () => readonly Factor[]): void {
    if (delegating.length === 0) {
      this.missing.push(`no statement of ${this.policy} delegates ${this.action.text} to the IAM policies of the account`);
    } else if (identity.allows.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} ${this.target.on} to ${this.who}`);
    }
    const missing = `a statement of ${this.policy} that delegates ${this.action.text} to IAM`;
    this.route('delegated', own, [
      { half: this.target.policy!, alternatives: delegating, missing }, this.identityFactor(identity), ...further(), ...this.boundary(),
    ]);
  }

  private identityFactor({ allows }: IdentityClauses): Factor {
    return { half: 'IAM policy', alternatives: allows, missing: `an IAM policy that allows ${this.action.text} ${this.target.on} to ${this.who}` };
  }

  private boundary(): Factor[] {
    this.boundaryFactors ??= this.hasBoundary === false ? [] : [this.boundaryFactor()];
    return this.boundaryFactors;
  }

  private boundaryFactor(): Factor {
    const alternatives = [...this.asked.boundary?.on(this.target.arn).allows ?? [], ...this.doubts];
    if (alternatives.length === 0) {
      this.missing.push(`the permissions boundary of ${this.who} does not allow ${this.action.text} ${this.target.on}`);
    }
    return { half: 'permissions boundary', alternatives, missing: `a permissions boundary of ${this.who} that allows ${this.action.text} ${this.target.on}` };
  }
}
