import { Accesses } from './accesses';
import { Access } from './decision/access';
import { Asker } from './decision/asker';
import { decide, Decision } from './decision/decision';
import { KeyGrant } from './decision/key-grant';
import { readContext, RequestContext } from './decision/request-context';
import { KeyResource, keysOf } from './key-resource';
import { NameIndex } from './name-index';
import { PairMemory } from './pair-memory';
import { KmsAction } from './policy/kms-action';
import { similarActions } from './policy/kms-actions';
import { Caller, readCaller, roleCaller } from './principal/caller';
import { DeclaredIdentity, Identities } from './principal/identities';
import { Identity } from './principal/policy-attachments';
import { AppValues } from './template/app-values';
import { UNKNOWN_DEPLOYMENT } from './template/deployment-unknowns';
import { Template } from './template/template';
import { parseArn } from './text/arn';
import { isKnown, readable, Text } from './text/text';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** Requests ask some questions again and again, but there may be many. */
const MOST_KEPT = 50_000;
const MOST_NAMED = 5;
/** Of a key, or of a key of several Regions. */
const MADE_UP_KEY_ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|mrk-[0-9a-f]{32}$/;

/** What is known beside the templates. */
export interface AccessModelOptions {
  /** Grants that exist. */
  readonly grants?: readonly KeyGrant[];
  /** Roles and users that no template makes, with all their policies. */
  readonly identities?: readonly DeclaredIdentity[];
}

/** A question as people write it. */
export interface AccessRequest {
  /** An ARN, a service principal, an account id, a logical id, `StackName/LogicalId` or a construct path. */
  readonly principal: string;
  /** An ARN, a key id, an alias, a logical id, `StackName/LogicalId` or a construct path. */
  readonly key: string;
  readonly action: string;
  /** Condition keys and their values. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Whether condition keys that are not given are absent. */
  readonly complete?: boolean;
}

/** Who can do what with which key, from the templates of an app. */
export class AccessModel {
  public readonly keys: readonly KeyResource[];
  public readonly identities: readonly Identity[];
  /** The templates, with what their functions come to. */
  public readonly app: AppValues;
  /** The policies of these. */
  public readonly directory: Identities;
  private readonly grants = new Map<KeyResource, KeyGrant[]>();
  private readonly keyIndex = new NameIndex<KeyResource>('key');
  private readonly identityIndex = new NameIndex<Identity>('principal');
  private readonly askers = new Map<string, Asker>();
  private readonly askersOf = new Map<Identity, Asker>();
  private readonly accesses = new Accesses(this.grants);
  private readonly accessesByName = new PairMemory<string, string, Map<string, Access>>(MOST_KEPT, () => new Map<string, Access>());
  private readonly requestAliases = new Map<string, { readonly values?: readonly Text[] }>();
  private readonly aliases = new Set<string>();
  /** Of the accounts that a bare id names. */
  private readonly partition: Text;

  constructor(templates: readonly Template[], { grants = [], identities }: AccessModelOptions = {}) {
    const app = this.app = new AppValues(templates);
    const partitions = new Set(templates.map(({ deployment }) => deployment.partition));
    this.partition = partitions.size === 1 ? [...partitions][0] : UNKNOWN_DEPLOYMENT.partition;
    this.keys = keysOf(app);
    this.directory = new Identities(app, identities);
    this.identities = this.directory.all;
    this.keys.forEach((key) => this.indexKey(key));
    grants.forEach((grant) => this.grants.set(this.key(grant.key), [...this.grants.get(this.key(grant.key)) ?? [], grant]));
    this.identities.forEach((identity) => this.identityIndex.add(identity));
  }

  /** The answer to a question. Throws where it names what no template has. */
  public decide({ principal, key, action, context = {}, complete = false }: AccessRequest): Decision {
    return decide(this.access(principal, key, action), this.context(key, context), complete);
  }

  /** What decides a question. */
  public access(principal: string, key: string, action: string): Access {
    const byAction = this.accessesByName.get(principal, key);
    let access = byAction.get(action);
    if (!access) {
      access = this.accessOf(this.asker(principal), this.key(key), action);
      byAction.set(action, access);
    }
    return access;
  }

  /** The same for somebody whom no text names. */
  public accessOf(asker: Asker, resource: KeyResource, action: string): Access {
    return this.accesses.of(asker, resource, this.action(action));
  }

  public key(text: string): KeyResource {
    const key = this.keyIndex.find(text);
    if (!key) {
      if (MADE_UP_KEY_ID.test(text)) {
        const names = this.keys.slice(0, MOST_NAMED).map((one) => `'${this.nameOf(one)}'`);
        throw new KmsPatternsError('UnknownKey', `AWS made up this id at deployment, and no template has it, given: '${text}'; `
          + `write its alias, or its logical id or construct path, such as ${names.join(' or ') || "'StackName/LogicalId'"}`);
      }
      throw new KmsPatternsError('UnknownKey', `no template makes this key, given: '${text}'; write its logical id, StackName/LogicalId, alias, id or ARN`);
    }
    return key;
  }

  /** A name by which a key, a role or a user is found, and nothing else. */
  public nameOf(thing: KeyResource | Identity): string {
    return thing instanceof KeyResource ? this.keyIndex.nameOf(thing) : this.identityIndex.nameOf(thing);
  }

  public asker(text: string): Asker {
    const asker = this.askerNamed(text);
    if (!asker) {
      if (this.identityIndex.find(text)) {
        throw new KmsPatternsError('UnknownPrincipal', `AWS KMS is never called by a group, given: '${text}'; write one of its users`);
      }
      throw new KmsPatternsError('UnknownPrincipal', `this is no principal of the templates, given: '${text}'; `
        + 'write the logical id or the ARN of a role or user, an account, or a service principal such as sns.amazonaws.com');
    }
    return asker;
  }

  /** The same, or nothing where the text names nobody. */
  public askerNamed(text: Text): Asker | undefined {
    let asker = this.askers.get(text);
    if (!asker) {
      asker = this.findAsker(text);
      if (asker) {
        if (this.askers.size >= MOST_KEPT) {
          this.askers.clear();
        }
        this.askers.set(text, asker);
      }
    }
    return asker;
  }

  /** A role or user of the templates as somebody who asks. */
  public askerOf(identity: Identity): Asker {
    let asker = this.askersOf.get(identity);
    if (!asker) {
      asker = this.withPolicies(callerOf(identity), identity);
      this.askersOf.set(identity, asker);
    }
    return asker;
  }

  /** What a request says of which key it names how. */
  public context(key: string, given: Readonly<Record<string, unknown>>): RequestContext {
    let alias = this.requestAliases.get(key);
    if (!alias) {
      alias = this.requestAlias(key);
      this.requestAliases.set(key, alias);
    }
    return readContext(given, alias.values);
  }

  /** Who names a key by its alias sends `kms:RequestAlias`, who names it by its id or ARN does not. */
  private requestAlias(key: string): { readonly values?: readonly Text[] } {
    return this.aliases.has(key) ? { values: [key.slice(key.indexOf('alias/'))] }
      : key.startsWith('arn:') || isId(key, this.key(key)) ? { values: [] } : {};
  }

  private action(text: string): KmsAction {
    const action = this.accesses.action(text);
    if (action === undefined) {
      const similar = similarActions(text);
      throw new KmsPatternsError('UnknownAction', `AWS KMS has no action of this name, given: '${text}'; write ${similar.length > 0 ? similar.join(' or ') : 'kms:Decrypt, for example'}`);
    }
    return action;
  }

  private findAsker(text: Text): Asker | undefined {
    const identity = this.identityIndex.find(text);
    if (identity) {
      return identity.kind === 'group' ? undefined : this.askerOf(identity);
    }
    const caller = readCaller(text, this.partition);
    if (!caller) {
      return undefined;
    }
    if (caller.kind === 'service' || caller.kind === 'root') {
      return { caller, tags: new Map() };
    }
    const found = this.directory.find(caller.kind === 'role' ? 'role' : 'user', caller.arn);
    return this.withPolicies({ ...caller, arn: found.arn }, found);
  }

  private withPolicies(caller: Caller, identity: Identity): Asker {
    const boundary = this.directory.boundary(identity);
    const unsure = identity.outside ? 'a permissions boundary' : identity.boundaries.some(({ sure }) => !sure) ? 'this permissions boundary' : undefined;
    return {
      caller: identity.stack === undefined ? caller : { ...caller, isOfTemplates: true },
      identity,
      policies: this.directory.policies(identity),
      ...boundary ? { boundary } : {},
      ...unsure === undefined ? {} : { boundaryUnknown: `whether ${readable(identity.arn)} has ${unsure}` },
      tags: identity.tags,
    };
  }

  private indexKey(key: KeyResource): void {
    const { account, region, partition } = key;
    const aliases = key.aliases.flatMap((alias) => [alias, `arn:${partition}:kms:${region}:${account}:${alias}`]);
    this.keyIndex.add(key, key.id, ...aliases);
    aliases.forEach((alias) => this.aliases.add(alias));
  }
}

function callerOf({ kind, arn, account }: Identity): Caller {
  const partition = parseArn(arn)?.partition;
  return kind === 'user' ? { kind, arn, account, partition } : roleCaller(arn, { account, partition });
}

function isId(text: Text, { id }: KeyResource): boolean {
  return isKnown(id) && text === id;
}
