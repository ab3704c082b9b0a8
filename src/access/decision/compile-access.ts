import { Access, Factor, Route } from './access';
import { aliasClauses } from './alias-clauses';
import { AskedAction } from './asked-action';
import { AskedKey } from './asked-key';
import { Asker } from './asker';
import { Clause, constantClause } from './clause';
import { IdentityClauses } from './identity-policies';
import { grantClauses } from './key-grant';
import { KnownContext } from './known-context';
import { KeyResource } from '../key-resource';
import { KmsAction } from '../policy/kms-action';
import { NamedAs } from '../principal/caller';
import { equalText, unknownText } from '../text/text';
import { not, Truth } from '../text/truth';

export type { Asker } from './asker';

/** Named so, a caller is limited by no permissions boundary. */
const UNLIMITED: readonly NamedAs[] = ['everybody', 'session', 'user', 'service'];

/** Everything that can allow or deny somebody an action on a key. */
export function compileAccess(asked: AskedAction, key: AskedKey): Access {
  return new AccessCompiler(asked, key).access();
}

class AccessCompiler {
  private readonly routes: Route[] = [];
  private readonly closed: Route[] = [];
  private readonly denies: Clause[] = [];
  private readonly missing: string[] = [];
  private readonly asker: Asker;
  private readonly action: KmsAction;
  private readonly who: string;
  private readonly key: KeyResource;
  private aliasFactors?: Factor[];
  private boundaryFactors?: Factor[];

  constructor(private readonly asked: AskedAction, private readonly askedKey: AskedKey) {
    ({ asker: this.asker, action: this.action, who: this.who } = asked);
    this.key = askedKey.key;
  }

  public access(): Access {
    const { caller } = this.asker;
    const own: Truth = caller.kind === 'service' ? true : equalText(caller.account!, this.key.account);
    const identity = this.identity(this.action.isWithoutKey ? '*' : this.key.arn);
    if (this.action.isIdentityOnly) {
      this.identityOnly(identity, own);
    } else {
      const { allows, denies, refused } = this.askedKey.policy.clauses(caller, this.hasBoundary, this.asked.known);
      this.denies.push(...denies);
      this.missing.push(...refused);
      const chosen = (...as: NamedAs[]) => allows.filter((allow) => as.includes(allow.as)).map(({ clause }) => clause);
      const delegating = chosen('account');
      if (own !== false) {
        this.named(chosen(...UNLIMITED, ...caller.kind === 'root' ? ['account' as const] : []), chosen('role'), own);
        this.delegated(delegating, identity, own);
      }
      if (own !== true) {
        this.acrossAccounts(allows.map(({ clause }) => clause), identity, own);
      }
    }
    this.granted();
    const { routes, closed, denies, missing, askedKey: { cannot, conditionKeys } } = this;
    const known = new KnownContext(this.asked.known, conditionKeys);
    return { routes, closed, denies, missing, known, memory: {}, ...cannot === undefined ? {} : { keyCannot: cannot } };
  }

  /** What IAM says; the account root needs no policy. */
  private identity(resource: string): IdentityClauses {
    const { policies, boundary } = this.asked;
    const clauses = policies ? policies.on(resource)
      : { allows: this.asker.caller.kind === 'root' ? [constantClause('the root user of an account needs no IAM policy')] : [], denies: [] };
    this.denies.push(...clauses.denies, ...boundary ? boundary.on(resource).denies : []);
    return clauses;
  }

  /** The same about an alias of the key, within the permissions boundary. */
  private identityOnAlias(alias: string): { allows: readonly Clause[]; within: readonly Clause[] | undefined } {
    const { policies, boundary } = this.asked;
    const said = policies ? aliasClauses(policies.on(alias)) : this.identity(alias);
    const within = boundary ? aliasClauses(boundary.on(alias)) : undefined;
    this.denies.push(...policies ? said.denies : [], ...within?.denies ?? []);
    return { allows: said.allows, within: within?.allows };
  }

  private named(unlimited: readonly Clause[], limited: readonly Clause[], own: Truth): void {
    const missing = `a statement of the key policy that allows ${this.action.text} to ${this.who}`;
    if (unlimited.length + limited.length === 0) {
      this.missing.push(`no statement of the key policy allows ${this.action.text} to ${this.who} by name`);
    }
    this.route('named', own, [{ half: 'key policy', alternatives: unlimited, missing }, ...this.alias()]);
    this.route('named', own, [{ half: 'key policy', alternatives: limited, missing }, ...this.alias(), ...this.boundary()]);
  }

  private delegated(delegating: readonly Clause[], identity: IdentityClauses, own: Truth): void {
    if (this.asker.caller.kind === 'root' || this.asker.caller.kind === 'service') {
      return;
    }
    if (delegating.length === 0) {
      this.missing.push(`no statement of the key policy delegates ${this.action.text} to the IAM policies of the account`);
    } else if (identity.allows.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} on the key to ${this.who}`);
    }
    this.route('delegated', own, [
      { half: 'key policy', alternatives: delegating, missing: `a statement of the key policy that delegates ${this.action.text} to IAM` },
      this.identityFactor(identity),
      ...this.alias(),
      ...this.boundary(),
    ]);
  }

  private acrossAccounts(allows: readonly Clause[], identity: IdentityClauses, own: Truth): void {
    if (!this.action.isCrossAccount) {
      this.missing.push(`${this.action.text} is not possible from another account`);
      return;
    }
    if (allows.length === 0) {
      this.missing.push(`no statement of the key policy allows ${this.action.text} to ${this.who} or its account`);
    }
    if (identity.allows.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} on the key to ${this.who}, which access from another account needs in any case`);
    }
    this.route('another account', not(own), [
      { half: 'key policy', alternatives: allows, missing: `a statement of the key policy that allows ${this.action.text} to ${this.who} or its account` },
      this.identityFactor(identity),
      ...this.boundary(),
    ]);
  }

  private identityOnly(identity: IdentityClauses, own: Truth): void {
    if (identity.allows.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} to ${this.who}, and no key policy can`);
    }
    this.route('IAM only', this.action.isCrossAccount ? true : own, [this.identityFactor(identity), ...this.boundary()]);
  }

  private granted(): void {
    const missing = `a grant of ${this.action.text} to ${this.who}`;
    this.route('grant', true, [{ half: 'grant', alternatives: grantClauses(this.askedKey.grants, this.asker.caller, this.action), missing }]);
  }

  private identityFactor({ allows }: IdentityClauses): Factor {
    return { half: 'IAM policy', alternatives: allows, missing: `an IAM policy that allows ${this.action.text} on the key to ${this.who}` };
  }

  /** Actions on an alias need a permission on it as well; where the key has none in the templates, on any. */
  private alias(): Factor[] {
    if (this.action.isOnAlias) {
      this.aliasFactors ??= this.aliasFactor();
    }
    return this.aliasFactors ?? [];
  }

  private aliasFactor(): Factor[] {
    const { partition, region, account, aliases } = this.key;
    const names = aliases.length > 0 ? aliases : [`alias/${unknownText('the alias')}`];
    const said = names.map((name) => this.identityOnAlias(`arn:${partition}:kms:${region}:${account}:${name}`));
    const alternatives = said.flatMap(({ allows }) => allows);
    if (alternatives.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} on the alias to ${this.who}`);
    }
    const missing = `a permissions boundary of ${this.who} that allows ${this.action.text} on the alias`;
    return [
      { half: 'IAM policy on the alias', alternatives, missing: `an IAM policy that allows ${this.action.text} on the alias to ${this.who}` },
      ...this.asked.boundary ? [{ half: 'permissions boundary', alternatives: [...said.flatMap(({ within }) => within ?? []), ...this.doubts], missing } as const] : [],
    ];
  }

  private get hasBoundary(): Truth {
    const { boundary, boundaryUnknown } = this.asker;
    return boundaryUnknown === undefined ? boundary !== undefined : 'unknown';
  }

  private get doubts(): Clause[] {
    const { boundaryUnknown } = this.asker;
    return boundaryUnknown === undefined ? [] : [constantClause(boundaryUnknown, 'unknown')];
  }

  private boundary(): Factor[] {
    this.boundaryFactors ??= this.boundaryFactor();
    return this.boundaryFactors;
  }

  private boundaryFactor(): Factor[] {
    if (this.hasBoundary === false) {
      return [];
    }
    const allows = [...this.asked.boundary?.on(this.action.isWithoutKey ? '*' : this.key.arn).allows ?? [], ...this.doubts];
    if (allows.length === 0) {
      this.missing.push(`the permissions boundary of ${this.who} does not allow ${this.action.text} on the key`);
    }
    return [{
      half: 'permissions boundary', alternatives: allows, missing: `a permissions boundary of ${this.who} that allows ${this.action.text} on the key`,
    }];
  }

  private route(kind: Route['kind'], holds: Truth, factors: readonly Factor[]): void {
    if (holds === false) {
      return;
    }
    if (factors.some(({ alternatives }) => alternatives.length === 0)) {
      this.closed.push({ kind, factors });
      return;
    }
    const doubt = `whether ${this.who} is of the key's account`;
    this.routes.push({ kind, factors: holds === 'unknown' ? [{ half: 'account', alternatives: [constantClause(doubt, 'unknown')], missing: doubt }, ...factors] : factors });
  }
}
