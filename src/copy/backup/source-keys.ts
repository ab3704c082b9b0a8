import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackedUpStore } from './backed-up-store';
import { BackupSource } from './backup-source';
import { SelectedStore, Selection } from './selected-stores';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { ImportedKey } from '../../key/imported-key';
import { OwnedKey } from '../../key/owned-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { propertyValues, referencesOf } from '../../private/references';

/** The keys of each kind of store that is backed up. */
export type SourceKeys = ReadonlyMap<BackedUpStore, ReadonlySet<ICustomerManagedKey>>;

/** From what is selected, where it is seen, and from what is said of the rest. */
export function sourceKeys(copy: IConstruct, { stores, unseen }: Selection, sources: BackupSource[]): SourceKeys {
  if (unseen.length > 0 && sources.length === 0) {
    throw new KmsPatternsError('BackupSourcesMissing',
      `which keys a backup needs is not seen in a selection by tags and ARNs, given: ${unseen.join(', ')}; say it, for example with `
      + 'sources: [{ store: BackedUpStore.EBS, keys: [key] }]', copy);
  }
  const keys = new Map<BackedUpStore, Set<ICustomerManagedKey>>();
  const add = (store: BackedUpStore, of: readonly ICustomerManagedKey[]) => keys.set(store, new Set([...keys.get(store) ?? [], ...of]));
  sources.forEach((source) => add(source.store, keysSaid(copy, source)));
  stores.forEach((selected) => add(selected.store, keysSeen(copy, selected, sources.some(({ store }) => store === selected.store))));
  return keys;
}

function keysSaid(copy: IConstruct, { store, keys = [] }: BackupSource): ICustomerManagedKey[] {
  const elsewhere = keys.find(({ env }) => Token.compareStrings(env.region, Stack.of(copy).region) === TokenComparison.DIFFERENT);
  if (elsewhere) {
    throw new KmsPatternsError('KeyOfAnotherRegion',
      `a key encrypts in its own Region only, given as a source: ${elsewhere.node.path} in ${elsewhere.env.region}, for ${Stack.of(copy).region}; `
      + `give the key of ${Stack.of(copy).region} that the source is under`, copy);
  }
  if (!store.underVaultKey && keys.length === 0) {
    throw new KmsPatternsError('SourceKeyMissing',
      `backups of ${store.name} stay under the key of their source, which must be yours, given: a source without keys; give keys`, copy);
  }
  return keys;
}

function keysSeen(copy: IConstruct, selected: SelectedStore, alsoSaid: boolean): ICustomerManagedKey[] {
  const { store, resource, keyProperty } = selected;
  const keys = [...owned(selected), ...imported(copy, selected)].filter(({ env }) =>
    Token.compareStrings(env.region, Stack.of(copy).region) !== TokenComparison.DIFFERENT);
  const mayBeYours = alsoSaid && !isUnencrypted(selected) && !isUnderKeyOfAws(selected);
  if ((keys.length > 0 && !isPartlyNamed(selected)) || store.underVaultKey || mayBeYours) {
    return keys;
  }
  throw new KmsPatternsError('SourceKeyMissing',
    `backups of ${store.name} stay under the key of their source, which must be yours, given: ${resource.node.path}, ${encryptionOf(selected)}; encrypt it under a `
    + `CustomerManagedKey handed over with via (${keyProperty}), or say with sources which keys of yours it is under`, copy);
}

function owned({ resource, keyProperty }: SelectedStore): OwnedKey[] {
  return [...referencesOf(resource, keyProperty)].map(({ node }) => node.scope).filter((key) => key instanceof OwnedKey);
}

function imported(copy: IConstruct, { resource, keyProperty }: SelectedStore): ImportedKey[] {
  const arns = propertyValues(resource, keyProperty);
  return copy.node.root.node.findAll().filter((key): key is ImportedKey => key instanceof ImportedKey && arns.includes(key.keyArn));
}

/** Whether volumes of an instance name a key, and others do not. */
function isPartlyNamed({ resource, keyProperty }: SelectedStore): boolean {
  const holders = keyProperty.split('.').slice(0, -1).join('.');
  return resource.cfnResourceType === 'AWS::EC2::Instance' && propertyValues(resource, holders).length > propertyValues(resource, keyProperty).length;
}

function isUnencrypted({ resource }: SelectedStore): boolean {
  return ['Encrypted', 'StorageEncrypted', 'BlockDeviceMappings.Ebs.Encrypted'].flatMap((property) => propertyValues(resource, property)).includes(false);
}

function isUnderKeyOfAws({ resource, keyProperty }: SelectedStore): boolean {
  return propertyValues(resource, keyProperty).some((key) => JSON.stringify(key).includes('alias/aws/'));
}

/** What is seen of it, in the words of an error. */
function encryptionOf(selected: SelectedStore): string {
  const [named] = propertyValues(selected.resource, selected.keyProperty);
  const [target] = referencesOf(selected.resource, selected.keyProperty);
  if (isPartlyNamed(selected)) {
    return 'some of whose volumes name no key';
  }
  return target ? `which is under ${target.node.scope?.node.path}, no CustomerManagedKey`
    : named !== undefined ? `which is under ${typeof named === 'string' ? named : JSON.stringify(named)}`
      : isUnencrypted(selected) ? 'which is not encrypted' : 'which names no key';
}
