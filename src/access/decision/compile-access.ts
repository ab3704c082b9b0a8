import { Access, Factor } from './access';
import { aliasClauses } from './alias-clauses';
import { AskedAction } from './asked-action';
import { AskedKey } from './asked-key';
import { Clause } from './clause';
import { grantClauses } from './key-grant';
import { RouteCompiler } from './route-compiler';
import { KmsAction } from '../policy/kms-action';
import { equalText, unknownText } from '../text/text';
import { not, Truth } from '../text/truth';

export type { Asker } from './asker';

/** Everything that can allow or deny somebody an action on a key. */
export function compileAccess(asked: AskedAction, key: AskedKey): Access {
  return new AccessCompiler(asked, key).access();
}

class AccessCompiler extends RouteCompiler<KmsAction> {
  private aliasFactors?: Factor[];

  constructor(asked: AskedAction, private readonly askedKey: AskedKey) {
    super(asked, { arn: asked.action.isWithoutKey ? '*' : askedKey.key.arn, on: 'on the key', policy: 'key policy' });
  }

  public access(): Access {
    const { caller } = this.asker;
    const { key, policy, conditionKeys, cannot } = this.askedKey;
    const own: Truth = caller.kind === 'service' ? true : equalText(caller.account!, key.account);
    const identity = this.identity();
    if (this.action.isIdentityOnly) {
      this.identityOnly(identity, this.action.isCrossAccount ? true : own);
    } else {
      const said = policy.clauses(caller, this.hasBoundary, this.asked.known);
      this.denies = [...this.denies, ...said.denies];
      this.missing = [...this.missing, ...policy.refused];
      if (own !== false) {
        this.inAccount(said, identity, own, () => this.alias());
      }
      if (own !== true && this.action.isCrossAccount) {
        this.acrossAccounts(said, identity, not(own));
      } else if (own !== true) {
        this.missing.push(`${this.action.text} is not possible from another account`);
      }
    }
    this.granted();
    return this.compiled(conditionKeys, cannot);
  }

  private granted(): void {
    const alternatives = grantClauses(this.askedKey.grants, this.asker.caller, this.action);
    this.route('grant', true, [{ half: 'grant', alternatives, missing: `a grant of ${this.action.text} to ${this.who}` }]);
  }

  /** Actions on an alias need a permission on it as well; where the key has none in the templates, on any. */
  private alias(): Factor[] {
    if (this.action.isOnAlias) {
      this.aliasFactors ??= this.aliasFactor();
    }
    return this.aliasFactors ?? [];
  }

  private aliasFactor(): Factor[] {
    const { partition, region, account, aliases } = this.askedKey.key;
    const names = aliases.length > 0 ? aliases : [`alias/${unknownText('the alias')}`];
    const said = names.map((name) => this.onAlias(`arn:${partition}:kms:${region}:${account}:${name}`));
    const alternatives = said.flatMap(({ allows }) => allows);
    const within = [...said.flatMap(({ within: allows }) => allows), ...this.doubts];
    if (alternatives.length === 0) {
      this.missing.push(`no IAM policy allows ${this.action.text} on the alias to ${this.who}`);
    }
    const missing = `a permissions boundary of ${this.who} that allows ${this.action.text} on the alias`;
    return [
      { half: 'IAM policy on the alias', alternatives, missing: `an IAM policy that allows ${this.action.text} on the alias to ${this.who}` },
      ...this.asked.boundary ? [{ half: 'permissions boundary', alternatives: within, missing } as const] : [],
    ];
  }

  /** What IAM says about an alias of the key, and what its permissions boundary does. */
  private onAlias(alias: string): { allows: readonly Clause[]; within: readonly Clause[] } {
    const { policies, boundary } = this.asked;
    const said = policies ? aliasClauses(policies.on(alias)) : this.identity();
    const within = boundary ? aliasClauses(boundary.on(alias)) : { allows: [], denies: [] };
    this.denies = [...this.denies, ...policies ? said.denies : [], ...within.denies];
    return { allows: said.allows, within: within.allows };
  }
}
