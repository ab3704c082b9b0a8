import { AccessModel } from '../access/access-model';
import { Asker } from '../access/decision/compile-access';
import { KeyResource } from '../access/key-resource';
import { othersOf } from '../access/others-in-account';
import { PolicyStatement, PrincipalEntry } from '../access/policy/policy-statement';
import { parseArn } from '../access/text/arn';
import { isKnown, matchesText, readable, Text } from '../access/text/text';
import { STRANGE } from '../access/text/text-parts';

/** Somebody whom a key policy lets in, beside the roles and users of the templates. */
export interface NamedPrincipal {
  readonly kind: 'root user' | 'others' | 'role' | 'user' | 'service';
  readonly who: string;
  readonly asker: Asker;
}

/** The principals that a key policy names, and those that it names nobody knows who. */
export interface NamedPrincipals {
  readonly named: readonly NamedPrincipal[];
  /** Texts that are known at deployment only. */
  readonly unresolved: readonly string[];
}

/** Reads the principals of a key policy: those in Principal, and for everybody those that `aws:PrincipalArn` and the conditions on accounts ask for. */
export function namedPrincipals(model: AccessModel, key: KeyResource): NamedPrincipals {
  const reader = new PrincipalReader(model, key);
  key.statements.filter(({ effect }) => effect !== 'Deny').forEach((statement) => reader.read(statement));
  return { named: [...reader.named.values()], unresolved: [...reader.unresolved].sort() };
}

/** Those whom the account's IAM lets in, in these templates or outside. */
export function othersIn(account: Text, partition: Text): NamedPrincipal {
  return { kind: 'others', who: `others in ${readable(account)} by IAM outside these templates`, asker: othersOf({ account, partition }) };
}

class PrincipalReader {
  public readonly named = new Map<string, NamedPrincipal>();
  public readonly unresolved = new Set<string>();
  private readonly ofTemplates: ReadonlySet<Text>;

  constructor(private readonly model: AccessModel, private readonly key: KeyResource) {
    this.ofTemplates = new Set(model.identities.map(({ arn }) => arn));
  }

  public read(statement: PolicyStatement): void {
    const entries = statement.principals?.entries ?? [];
    if (statement.principals?.not) {
      this.everybody(statement);
      return;
    }
    for (const entry of entries) {
      if (entry.type === 'AWS' && entry.text === '*') {
        this.everybody(statement);
      } else if (entry.type !== 'other') {
        this.entry(entry);
      }
    }
    this.conditions(statement, /^aws:principalarn$/, (arn) => this.matched(arn));
  }

  private entry({ type, text }: PrincipalEntry): void {
    if (/[*?]/.test(text) || this.ofTemplates.has(text)) {
      return;
    }
    const asker = type === 'AWS' || isKnown(text) ? this.model.askerNamed(text) : undefined;
    if (!asker) {
      this.unresolved.add(readable(text));
    } else if (asker.caller.kind === 'root') {
      this.account(asker.caller.account!, asker);
    } else if (!asker.identity || !this.ofTemplates.has(asker.identity.arn) || asker.caller.arn !== text) {
      this.add(asker.caller.kind === 'service' ? 'service' : asker.caller.kind === 'user' ? 'user' : 'role', readable(text), asker);
    }
  }

  /** An account as a whole: its root user, and whom its IAM lets in. */
  private account(account: Text, root: Asker): void {
    this.add('root user', `root user of ${readable(account)}`, root);
    this.othersIn(account);
  }

  private othersIn(account: Text): void {
    if (account !== this.key.account) {
      const { kind, who, asker } = othersIn(account, this.key.partition);
      this.add(kind, who, asker);
    }
  }

  private everybody(statement: PolicyStatement): void {
    this.add('others', 'others in any other account by its IAM', othersOf({ account: STRANGE, partition: this.key.partition }));
    this.conditions(statement, /^(kms:calleraccount|aws:principalaccount)$/, (account) => isKnown(account) && /^\d{12}$/.test(account) && this.othersIn(account));
  }

  /** Who has an ARN that a condition asks for. Nobody knows the policies of such a role, so it is asked what it may do if its IAM allows everything. */
  private matched(pattern: Text): void {
    if (!/[*?]/.test(pattern)) {
      this.entry({ type: 'AWS', text: pattern, sure: true });
      return;
    }
    const arn = parseArn(pattern);
    if (!arn?.resource.startsWith('role')) {
      return;
    }
    const account = /[*?]/.test(arn.account) ? this.key.account : arn.account;
    const partition = /[*?]/.test(arn.partition) ? this.key.partition : arn.partition;
    if (matchesText(pattern, othersOf({ account, partition }).caller.arn) !== true) {
      const instance = `arn:${partition}:iam::${account}:${arn.resource.replaceAll('*', STRANGE).replaceAll('?', STRANGE)}`;
      this.add('others', `others like ${readable(pattern)} by IAM outside these templates`, othersOf({ account, partition }, instance));
    }
  }

  private conditions({ tests }: PolicyStatement, wanted: RegExp, visit: (value: Text) => void): void {
    for (const { keys: [key], asked } of tests) {
      if (asked?.operator.compare && !asked.operator.negated && wanted.test(key)) {
        asked.values.filter((value) => !value.includes('${')).forEach(visit);
      }
    }
  }

  private add(kind: NamedPrincipal['kind'], who: string, asker: Asker): void {
    this.named.set(who, { kind, who, asker });
  }
}
