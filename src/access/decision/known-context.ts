import { AwsAction } from '../policy/aws-action';
import { Caller } from '../principal/caller';
import { splitText, Text, unknownText } from '../text/text';

/** The values of a condition key, or that a request never has any. */
export type KnownValues = readonly Text[] | 'absent';

const TAG = 'aws:principaltag/';
/** A service calls in nobody's name, from no account of yours. */
const NOT_OF_SERVICES = [
  'kms:viaservice', 'kms:calleraccount', 'aws:principalarn', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principaltype',
  'aws:userid', 'aws:username', 'aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast',
];
/** Only services that call in nobody's name say for which resource, never a session that forwards a caller's access. */
const ONLY_OF_SERVICES = [
  'aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:principalservicename', 'aws:principalservicenameslist',
];

/** What follows from who asks for which action, whatever else the request says. */
export class CallerContext {
  private readonly fixed: ReadonlyMap<string, KnownValues>;
  private readonly memory = new Map<string, KnownValues | undefined>();

  constructor(private readonly caller: Caller, private readonly action: AwsAction, private readonly tags: ReadonlyMap<string, Text>) {
    this.fixed = caller.kind === 'service' ? serviceKeys(caller) : principalKeys(caller);
  }

  /** The values of a key in lower case, which no request can change; nothing where it depends on the request. */
  public always(key: string): KnownValues | undefined {
    let values = this.memory.get(key);
    if (values === undefined && !this.memory.has(key)) {
      values = this.find(key);
      this.memory.set(key, values);
    }
    return values;
  }

  /** The values of a key unless the request says otherwise: the tags that the templates give the principal. */
  public usually(key: string): readonly Text[] | undefined {
    const tag = key.startsWith(TAG) ? this.tags.get(key.slice(TAG.length)) : undefined;
    return tag === undefined ? undefined : [tag];
  }

  private find(key: string): KnownValues | undefined {
    if (!this.action.carries(key) || (this.caller.kind === 'service' && key.startsWith(TAG))) {
      return 'absent';
    }
    return this.fixed.get(key);
  }
}

/** The same, and what follows from the key. */
export class KnownContext {
  constructor(private readonly caller: CallerContext, private readonly ofKey: ReadonlyMap<string, readonly Text[]>) {}

  public always(key: string): KnownValues | undefined {
    return this.caller.always(key);
  }

  /** The values of a key unless the request says otherwise: what the templates say of the key's and the principal's own properties. */
  public usually(key: string): readonly Text[] | undefined {
    return this.caller.usually(key) ?? this.ofKey.get(key);
  }
}

function serviceKeys({ arn }: Caller): ReadonlyMap<string, KnownValues> {
  return new Map<string, KnownValues>([
    ...NOT_OF_SERVICES.map((key): [string, KnownValues] => [key, 'absent']),
    ['aws:principalisawsservice', ['true']],
    ['aws:principalservicename', [arn]],
    ['aws:principalservicenameslist', [arn]],
    ['aws:viaawsservice', ['false']],
  ]);
}

function principalKeys({ kind, arn, session, account }: Caller): ReadonlyMap<string, KnownValues> {
  const name = splitText(arn, '/')?.at(-1) ?? unknownText('the name of the user');
  const type = { role: 'AssumedRole', user: 'User', federated: 'FederatedUser', root: 'Account', service: 'Service' }[kind];
  const id = kind === 'root' ? account! : kind === 'user' ? unknownText(`the unique id of ${arn}`) : kind === 'federated' ? `${account}:${name}`
    : `${unknownText(`the unique id of ${arn}`)}:${splitText(session!, '/')?.at(-1) ?? unknownText('the session')}`;
  return new Map<string, KnownValues>([
    ...ONLY_OF_SERVICES.map((key): [string, KnownValues] => [key, 'absent']),
    // No page read says what it is for a federated user.
    ['aws:principalarn', [kind === 'federated' ? unknownText(`aws:PrincipalArn of ${arn}`) : arn]],
    ['aws:principalaccount', [account!]],
    ['kms:calleraccount', [account!]],
    ['aws:principalisawsservice', ['false']],
    ['aws:principaltype', [type]],
    ['aws:userid', [id]],
    ['aws:username', kind === 'user' ? [name] : 'absent'],
  ]);
}
