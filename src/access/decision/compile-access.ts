import { Access, Factor, Route } from './access';
import { Clause, constantClause } from './clause';
import { identityClauses, IdentityClauses } from './identity-clauses';
import { grantClauses, KeyGrant } from './key-grant';
import { keyPolicyClauses } from './key-policy-clauses';
import { KeyResource } from '../key-resource';
import { KnownContext } from './known-context';
import { KmsAction } from '../policy/kms-action';
import { Caller, NamedAs } from '../principal/caller';
import { Identity, PolicySet } from '../principal/policy-attachments';
import { equalText, readable, Text, unknownText } from '../text/text';
import { not, Truth } from '../text/truth';

/** Somebody who asks, and what is known of them. */
export interface Asker {
  readonly caller: Caller;
  /** The role or user that asks, where it is one. */
  readonly identity?: Identity;
  /** The policies of the identity; nothing for services and account roots, which have none. */
  readonly policies?: PolicySet;
  readonly boundary?: PolicySet;
  /** Whether nobody knows if there is a boundary. */
  readonly boundaryUnknown?: string;
  readonly tags: ReadonlyMap<string, Text>;
}

/** Named so, a caller is limited by no permissions boundary. */
const UNLIMITED: readonly NamedAs[] = ['everybody', 'session', 'user', 'service'];

/** Everything that can allow or deny somebody an action on a key, on which there are grants. */
export function compileAccess(asker: Asker, key: KeyResource, action: KmsAction, grants: readonly KeyGrant[]): Access {
  return new AccessCompiler(asker, key, action, grants).access();
}

class AccessCompiler {
  private readonly routes: Route[] = [];
  private readonly closed: Route[] = [];
  private readonly denies: Clause[] = [];
  private readonly missing: string[] = [];
  private readonly known: KnownContext;
  private readonly who: string;
  private aliasFactors?: Factor[];

  constructor(
    private readonly asker: Asker,
    private readonly key: KeyResource,
    private readonly action: KmsAction,
    private readonly grants: readonly KeyGrant[],
  ) {
    this.known = new KnownContext(asker.caller, action, key, asker.tags);
    this.who = readable(asker.caller.arn);
  }

  public access(): Access {
    const { caller } = this.asker;
    const own: Truth = caller.kind === 'service' ? true : equalText(caller.account!, this.key.account);
    const identity = this.identity(this.action.isWithoutKey ? '*' : this.key.arn);
    if (this.action.isIdentityOnly) {
      this.identityOnly(identity, own);
    } else {
      const { allows, denies, refused } = keyPolicyClauses(this.key, caller, this.asker.boundary !== undefined, this.action, this.known);
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
    const keyCannot = this.key.impediment(this.action);
    const { routes, closed, denies, missing, known } = this;
    return { routes, closed, denies, missing, known, ...keyCannot === undefined ? {} : { keyCannot } };
  }

  /** What IAM says; the account root needs no policy. */
  private identity(resource: string): IdentityClauses {
    const { policies, boundary } = this.asker;
    const clauses = policies ? identityClauses(policies, this.action, resource, this.known)
      : { allows: this.asker.caller.kind === 'root' ? [constantClause('the root user of an account needs no IAM policy')] : [], denies: [] };
    this.denies.push(...clauses.denies, ...boundary ? identityClauses(boundary, this.action, resource, this.known).denies : []);
    return clauses;
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
    this.route('grant', true, [{ half: 'grant', alternatives: grantClauses(this.grants, this.asker.caller, this.action), missing }]);
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
    const alternatives = names.flatMap((name) => this.identity(`arn:${partition}:kms:${region}:${account}:${name}`).allows);
    if (alternatives.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} on the alias to ${this.who}`);
    }
    return [{ half: 'IAM policy on the alias', alternatives, missing: `an IAM policy that allows ${this.action.text} on the alias to ${this.who}` }];
  }

  private boundary(): Factor[] {
    const { boundary, boundaryUnknown } = this.asker;
    const missing = `a permissions boundary of ${this.who} that allows ${this.action.text} on the key`;
    if (!boundary) {
      return boundaryUnknown === undefined ? [] : [{ half: 'permissions boundary', alternatives: [constantClause(boundaryUnknown, 'unknown')], missing }];
    }
    const { allows } = identityClauses(boundary, this.action, this.action.isWithoutKey ? '*' : this.key.arn, this.known);
    if (allows.length === 0) {
      this.missing.push(`the permissions boundary of ${this.who} does not allow ${this.action.text} on the key`);
    }
    return [{ half: 'permissions boundary', alternatives: allows, missing }];
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
