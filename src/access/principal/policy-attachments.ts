import { startOfGeneratedName, startOfMadeUpName } from './generated-name';
import { PolicySource } from './policy-source';
import { managedPolicy } from '../policy/managed-policies';
import { PolicyStatement, StatementRef } from '../policy/policy-statement';
import { TemplateValues } from '../template/template-values';
import { parseArn } from '../text/arn';
import { equalText, readable, Text } from '../text/text';

/** The name of a managed policy that somebody attaches. */
export interface AttachedArn {
  readonly text: Text;
  readonly sure: boolean;
  readonly place: Omit<StatementRef, 'index' | 'sid'>;
}

/** A policy whose text nobody knows here. */
export interface UnknownPolicy {
  readonly text: string;
  /** Where it may deny as well. */
  readonly mayDeny: boolean;
}

/** What policies say, as far as it is known. */
export interface PolicySet {
  readonly statements: readonly PolicyStatement[];
  readonly unknown: readonly UnknownPolicy[];
}

/** A role, user or group, with what is attached to it. */
export interface Identity {
  readonly kind: 'role' | 'user' | 'group';
  readonly arn: Text;
  readonly name: Text;
  readonly account: Text;
  readonly stack?: string;
  readonly logicalId?: string;
  readonly constructPath?: string;
  readonly sources: readonly PolicySource[];
  /** The trust policy of a role that a template makes. */
  readonly trust?: PolicySource;
  readonly managed: readonly AttachedArn[];
  /** Its permissions boundary, or those that it may have. */
  readonly boundaries: readonly AttachedArn[];
  /** The tags that become `aws:PrincipalTag`. */
  readonly tags: ReadonlyMap<string, Text>;
  /** Where it stands in no template, so that it may have further policies. */
  readonly outside: boolean;
  /** Why it is taken to have its policies, where nobody said so. */
  readonly assumed?: string;
}

/** A role of an AWS service, or one that nobody declares. */
export function outsideIdentity(kind: Identity['kind'], arn: Text, name: Text, account: Text): Identity {
  return { kind, arn, name, account, sources: [], managed: [], boundaries: [], tags: new Map(), outside: true };
}

/** Policies that templates attach by name, and the documents of managed policies. */
export class PolicyAttachments {
  private readonly byName = new Map<string, PolicySource[]>();
  /** By the beginnings of names that CloudFormation may have made: whether of a role of these templates, nobody knows. */
  private readonly byStart = new Map<string, PolicySource[]>();
  private readonly managedByName = new Map<string, Text[]>();
  /** Attached to somebody whose name is known at deployment only. */
  private readonly toSomebody: { readonly kind: Identity['kind']; readonly name: Text; readonly account: Text; readonly source: PolicySource }[] = [];
  private readonly documents = new Map<Text, PolicySource[]>();
  /** What may be attached to everybody of an account. */
  private readonly unseen: { readonly account: Text; readonly text: string }[] = [];

  public attach(kind: Identity['kind'], account: Text, name: Text, source: PolicySource): void {
    const start = startOfGeneratedName(name);
    if (/\uE000/.test(name)) {
      this.toSomebody.push({ kind, name, account, source });
    } else {
      push(this.byName, `${account}\n${kind}\n${name}`, source);
    }
    if (start !== undefined) {
      push(this.byStart, `${account}\n${kind}\n${start}`, source);
    }
  }

  /** That a managed policy is attached by itself, not by who has it. */
  public attachManaged(kind: Identity['kind'], account: Text, name: Text, arn: Text): void {
    push(this.managedByName, `${account}\n${kind}\n${name}`, arn);
  }

  /** The managed policies of the account that an identity has: who may change them, changes what it may do. */
  public managedOf(identity: Identity): Text[] {
    const named = identity.managed.map(({ text }) => text).filter((arn) => parseArn(arn)?.account !== 'aws');
    return [...named, ...this.managedByName.get(`${identity.account}\n${identity.kind}\n${identity.name}`) ?? []];
  }

  public unseenOf(account: Text, text: string): void {
    this.unseen.push({ account, text });
  }

  public define(arn: Text, source: PolicySource): void {
    push(this.documents, arn, source);
  }

  /** The policies of an identity and of its groups. */
  public of(identity: Identity, groups: readonly { readonly group: Identity; readonly sure: boolean }[]): PolicySet {
    const parts = [{ group: identity, sure: true }, ...groups].map(({ group: one, sure }) => {
      const name = `${one.account}\n${one.kind}\n${one.name}`;
      return this.read(
        [...one.sources, ...this.byName.get(name) ?? [], ...this.somebodys(one), ...this.written(one)],
        one.managed,
        sure,
      );
    });
    return {
      statements: parts.flatMap(({ statements }) => statements),
      unknown: [
        ...parts.flatMap(({ unknown }) => unknown),
        ...this.unseen.filter(({ account }) => equalText(account, identity.account) !== false).map(({ text }) => ({ text, mayDeny: true })),
        ...identity.outside ? [{ text: `the policies of ${readable(identity.arn)}, which no template makes`, mayDeny: true }] : [],
      ],
    };
  }

  /** What a permissions boundary says. */
  public boundary(boundaries: readonly AttachedArn[]): PolicySet {
    return this.read([], boundaries, true);
  }

  private written({ kind, account, name }: Identity): PolicySource[] {
    const start = startOfMadeUpName(name);
    return start === undefined ? [] : (this.byStart.get(`${account}\n${kind}\n${start}`) ?? []).map((source) => source.attached(false));
  }

  private somebodys(identity: Identity): PolicySource[] {
    return this.toSomebody
      .filter(({ kind, name, account }) => kind === identity.kind && account === identity.account && equalText(name, identity.name) !== false)
      .map(({ name, source }) => source.attached(name === identity.name));
  }

  private read(sources: readonly PolicySource[], managed: readonly AttachedArn[], there: boolean): PolicySet {
    const unknown: UnknownPolicy[] = [];
    const all = [...sources];
    for (const { text, sure, place } of managed) {
      const own = this.documents.get(text);
      const known = own ? undefined : managedPolicy(text);
      if (own) {
        all.push(...own.map((one) => one.attached(sure)));
      } else if (known?.document) {
        all.push(new PolicySource(known.document, NO_VALUES, { ...place, policy: known.name }, sure));
      } else {
        unknown.push({ text: `the managed policy ${readable(text)}, whose text is not known here`, mayDeny: known?.mayDeny ?? true });
      }
    }
    return { statements: all.flatMap((source) => source.attached(there).statements), unknown };
  }
}

/** For documents without functions. */
const NO_VALUES = new TemplateValues({
  stackName: '',
  deployment: { account: '', region: '', partition: '' },
  resources: new Map(),
  parameters: new Map(),
  mappings: undefined,
  conditions: new Map(),
  outputs: new Map(),
}, () => undefined, () => undefined);

function push<T>(map: Map<string, T[]>, name: string, value: T): void {
  const values = map.get(name);
  if (values) {
    values.push(value);
  } else {
    map.set(name, [value]);
  }
}
