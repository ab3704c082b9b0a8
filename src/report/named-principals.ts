import { AccessModel } from '../access/access-model';
import { Asker } from '../access/decision/asker';
import { KeyResource } from '../access/key-resource';
import { othersOf } from '../access/others-in-account';
import { accountsLetIn } from '../access/others-in-accounts';
import { PolicyStatement, PrincipalEntry } from '../access/policy/policy-statement';
import { parseArn } from '../access/text/arn';
import { matchesText, readable, Text } from '../access/text/text';
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

/** Reads the principals of a key policy: those in Principal, those whom `aws:PrincipalArn` asks for, and the accounts that it lets in as a whole. */
export function namedPrincipals(model: AccessModel, key: KeyResource): NamedPrincipals {
  const reader = new PrincipalReader(model, key);
  key.statements.filter(({ effect }) => effect !== 'Deny').forEach((statement) => reader.read(statement));
  accountsLetIn(key).forEach((account) => {
    reader.add('others', others(account), othersOf({ account: account ?? STRANGE, partition: key.partition }));
  });
  return { named: [...reader.named.values()], unresolved: [...reader.unresolved].sort() };
}

/** Those whom IAM lets in, in the key's account: the row of which every key has one. */
export function othersInKeyAccount({ account, partition }: KeyResource): NamedPrincipal {
  return { kind: 'others', who: others(account), asker: othersOf({ account, partition }) };
}

/** The name of whom IAM lets in; without an account, in every account that nothing names. */
export function others(account: Text | undefined): string {
  return account === undefined ? 'others in any other account by its IAM' : `others in ${readable(account)} by IAM outside these templates`;
}

class PrincipalReader {
  public readonly named = new Map<string, NamedPrincipal>();
  public readonly unresolved = new Set<string>();
  private readonly ofTemplates: ReadonlySet<Text>;

  constructor(private readonly model: AccessModel, private readonly key: KeyResource) {
    this.ofTemplates = new Set(model.identities.map(({ arn }) => arn));
  }

  public read(statement: PolicyStatement): void {
    if (!statement.principals?.not) {
      statement.principals?.entries.forEach((entry) => this.entry(entry));
    }
    for (const { keys: [key], asked } of statement.tests) {
      if (key === 'aws:principalarn' && asked?.operator.compare && !asked.operator.negated) {
        asked.values.filter((value) => !value.includes('${')).forEach((value) => this.matched(value));
      }
    }
  }

  private entry({ type, text }: PrincipalEntry): void {
    if (type === 'Service') {
      this.add('service', readable(text), { caller: { kind: 'service', arn: text }, tags: new Map() });
    }
    if (type !== 'AWS' || /[*?]/.test(text) || this.ofTemplates.has(text)) {
      return;
    }
    const asker = this.model.askerNamed(text);
    if (!asker) {
      this.unresolved.add(readable(text));
    } else if (asker.caller.kind === 'root') {
      this.add('root user', `root user of ${readable(asker.caller.account!)}`, asker);
    } else {
      this.add(asker.caller.kind === 'user' ? 'user' : 'role', readable(text), asker);
    }
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

  public add(kind: NamedPrincipal['kind'], who: string, asker: Asker): void {
    this.named.set(who, { kind, who, asker });
  }
}
