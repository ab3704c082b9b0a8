import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { OwnedKey } from '../key/owned-key';
import { viaAlsoIn } from '../key/via-also-in';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { KmsService } from '../service/kms-service';

/**
 * Keys that a role in another Region may use, as its IAM policy names them: ARNs, and condition keys beside them.
 *
 * @internal
 */
export interface NamedKeys {
  readonly resources: string[];
  readonly aliases: string[];
}

/** @internal */
export interface SourceKeysPlace {
  /** Of the keys. */
  readonly source: Stack;
  readonly destinationRegion: string;
  /** Which service copies. */
  readonly service: KmsService;
}

/**
 * The keys that snapshots are encrypted under which are copied: what copies them decrypts with these, and with no other.
 *
 * Their key policies must let in the service that copies, of both Regions: `key.via(KmsService.EBS_COPIES, { regions: ['ap-southeast-2'] })`. Those of the app are let
 * in by `SourceKeys.ofKeys`. Snapshots under the AWS managed key of the service need none of it.
 *
 * @example
 * SourceKeys.withAliases('data/*', 'billing');
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 */
export class SourceKeys {
  /**
   * All keys that have one of these aliases, whichever keys that are when a snapshot is copied.
   *
   * Whoever may change aliases decides which those are.
   *
   * @param aliases with or without `alias/`; `*` stands for any characters
   */
  public static withAliases(...aliases: string[]): SourceKeys {
    return new SourceKeys((copy) => ({ resources: [], aliases: someOf(copy, aliases, 'an alias').map((alias) => aliasName(copy, alias)) }));
  }

  /** Keys that another app or account made, by their ARNs. */
  public static withArns(...keyArns: string[]): SourceKeys {
    return new SourceKeys((copy, { source }) => ({ resources: someOf(copy, keyArns, 'the ARN of a key').map((arn) => keyArn(copy, source, arn)), aliases: [] }));
  }

  /**
   * Keys of the app, in the Region of the snapshots: the service that copies is let into their policies.
   *
   * They are named by their aliases, which are known before they are deployed: each needs one. Imported ones are named by their ARNs.
   */
  public static ofKeys(...keys: ICustomerManagedKey[]): SourceKeys {
    return new SourceKeys((copy, place) => {
      const named = someOf(copy, keys, 'a key').map((key) => keyOfApp(copy, place, key));
      return { resources: named.flatMap(({ resources }) => resources), aliases: named.flatMap(({ aliases }) => aliases) };
    });
  }

  /**
   * Every key of the account in the Region of the snapshots whose policy lets the service in.
   *
   * The role that copies may then decrypt with each of them, through the service only. AWS Security Hub finds that with its control KMS.1 or KMS.2: name the keys where
   * you know them.
   *
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html
   */
  public static anyOfAccount(): SourceKeys {
    return new SourceKeys((_copy, { source }) => ({ resources: [anyKey(source)], aliases: [] }));
  }

  private constructor(private readonly find: (copy: IConstruct, place: SourceKeysPlace) => NamedKeys) {}

  /** @internal */
  public _named(copy: IConstruct, place: SourceKeysPlace): NamedKeys {
    return this.find(copy, place);
  }
}

/** @internal */
export function anyKey(source: Stack): string {
  const { account, partition, region } = source;
  return `arn:${partition}:kms:${region}:${account}:key/*`;
}

function someOf<T>(copy: IConstruct, values: readonly T[], what: string): readonly T[] {
  if (values.length === 0) {
    throw new KmsPatternsError('SourceKeysEmpty', `SourceKeys without a key copy nothing that is encrypted, given: none; give ${what}, or SourceKeys.anyOfAccount()`, copy);
  }
  return values;
}

function aliasName(copy: IConstruct, alias: string): string {
  const name = alias.startsWith('alias/') ? alias : `alias/${alias}`;
  if (Token.isUnresolved(alias) || !/^alias\/[a-zA-Z0-9/_*-]{1,250}$/.test(name)) {
    throw new KmsPatternsError('SourceKeyAliasInvalid',
      `aliases of keys are literal, with a-z, A-Z, 0-9, /, _, - and * for any characters, given: ${Token.isUnresolved(alias) ? 'a token' : `'${alias}'`}; write for example data/*`, copy);
  }
  return name;
}

function keyArn(copy: IConstruct, source: Stack, arn: string): string {
  const parts = Token.isUnresolved(arn) ? undefined : /^arn:[^:]+:kms:([^:]+):\d{12}:key\/[\w-]+$/.exec(arn);
  if (!parts || parts[1] !== source.region) {
    throw new KmsPatternsError('SourceKeyArnInvalid',
      `keys of snapshots are named by literal ARNs of their Region, ${source.region}, given: ${Token.isUnresolved(arn) ? 'a token' : `'${arn}'`}; `
      + `write arn:aws:kms:${source.region}:ACCOUNT:key/KEY-ID, or SourceKeys.ofKeys for keys of the app`, copy);
  }
  return arn;
}

function keyOfApp(copy: IConstruct, { source, destinationRegion, service }: SourceKeysPlace, key: ICustomerManagedKey): NamedKeys {
  if (key.env.region !== source.region) {
    throw new KmsPatternsError('SourceKeyOfAnotherRegion',
      `a snapshot is encrypted under a key of its own Region, given: ${key.node.path} in ${Token.isUnresolved(key.env.region) ? 'a Region that is known at deployment only' : key.env.region}, `
      + `for snapshots in ${source.region}; give the keys of ${source.region}`, copy);
  }
  const { keyArn: arn } = viaAlsoIn(key, service, [destinationRegion]);
  if (!Token.isUnresolved(arn) && source.splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).resource === 'key') {
    return { resources: [arn], aliases: [] };
  }
  const alias = key instanceof OwnedKey ? key._keyProps.alias : undefined;
  if (alias === undefined) {
    throw new KmsPatternsError('SourceKeyWithoutAlias',
      `what copies is in another Region, and names a key of the app by its alias, given: ${key.node.path}, which was made without one; give its alias property`, copy);
  }
  return { resources: [], aliases: [aliasName(copy, alias)] };
}
