import { CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { IConstruct } from 'constructs';
import { BackedUpStore } from './backed-up-store';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { propertyValues, referencesIn } from '../../private/references';

/** A resource type that AWS Backup copies, and the property that names its key. */
export interface StoreType {
  readonly store: BackedUpStore;
  readonly keyProperty: string;
  /** Whether `BackupResource.fromConstruct` finds it. */
  readonly found?: boolean;
}

const TYPES: Readonly<Record<string, StoreType>> = {
  'AWS::DynamoDB::GlobalTable': { store: BackedUpStore.DYNAMODB, keyProperty: 'Replicas.SSESpecification.KMSMasterKeyId' },
  'AWS::DynamoDB::Table': { store: BackedUpStore.DYNAMODB, keyProperty: 'SSESpecification.KMSMasterKeyId', found: true },
  'AWS::EC2::Instance': { store: BackedUpStore.EBS, keyProperty: 'BlockDeviceMappings.Ebs.KmsKeyId', found: true },
  'AWS::EC2::Volume': { store: BackedUpStore.EBS, keyProperty: 'KmsKeyId', found: true },
  'AWS::EFS::FileSystem': { store: BackedUpStore.EFS, keyProperty: 'KmsKeyId', found: true },
  'AWS::RDS::DBCluster': { store: BackedUpStore.RDS, keyProperty: 'KmsKeyId', found: true },
  'AWS::RDS::DBInstance': { store: BackedUpStore.RDS, keyProperty: 'KmsKeyId', found: true },
  'AWS::Redshift::Cluster': { store: BackedUpStore.REDSHIFT, keyProperty: 'KmsKeyId' },
  'AWS::S3::Bucket': {
    store: BackedUpStore.S3, keyProperty: 'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID',
  },
};

/** A resource of the app that is backed up. */
export interface SelectedStore extends StoreType {
  readonly resource: CfnResource;
}

/** What a selection takes: resources of the app, and what nothing is known of before deployment. */
export interface Selection {
  readonly stores: SelectedStore[];
  readonly unseen: string[];
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html */
export function selectionOf(copy: IConstruct, resources: backup.BackupResource[]): Selection {
  if (resources.length === 0) {
    throw new KmsPatternsError('NothingToBackUp', 'a selection takes resources, given: none; write for example backup.BackupResource.fromConstruct(ledger)', copy);
  }
  const selections = resources.map((resource) => selectedBy(copy, resource));
  const stores = new Map(selections.flatMap((selection) => selection.stores).map((store) => [store.resource, store]));
  stores.forEach((store) => assertCopied(copy, store));
  return { stores: [...stores.values()], unseen: selections.flatMap(({ unseen }) => unseen) };
}

/** What `BackupResource.fromConstruct` takes as well, and whose key was not seen, in the words of an error. */
export function addedLater(copy: IConstruct, resources: backup.BackupResource[], { stores }: Selection): string[] {
  const before = stores.map(({ resource }) => resource);
  const now = resources.flatMap((resource) => selectedBy(copy, resource).stores).map(({ resource }) => resource);
  return [...new Set(now)].filter((resource) => !before.includes(resource)).map((resource) =>
    `BackedUpLater: ${resource.node.path} was made after this BackupCopy, which takes what is in a construct when it is given; make it before`);
}

function selectedBy(copy: IConstruct, { construct, resource, tagCondition }: backup.BackupResource): Selection {
  if (construct) {
    return { stores: found(copy, construct), unseen: [] };
  }
  if (tagCondition) {
    return { stores: [], unseen: [`the tag ${tagCondition.key}=${tagCondition.value}`] };
  }
  const stores = [...referencesIn(copy, resource)].flatMap(storeOf);
  return { stores, unseen: stores.length > 0 ? [] : [Token.isUnresolved(resource) ? 'an ARN that is known at deployment only' : `${resource}`] };
}

/** Members of a cluster are backed up with it. */
function found(copy: IConstruct, construct: IConstruct): SelectedStore[] {
  const all = construct.node.findAll().flatMap(storeOf);
  const stores = all.filter(({ resource, found: isFound }) => isFound && propertyValues(resource, 'DBClusterIdentifier').length === 0);
  if (stores.length === 0) {
    throw new KmsPatternsError('NothingToBackUp',
      `BackupResource.fromConstruct finds nothing that is backed up in it, given: ${construct.node.path}; give what contains a volume, an instance, a database, `
      + `a table or a file system${all.length > 0 ? `, and ${[...new Set(all.map(({ store }) => store.name))].join(' and ')} with BackupResource.fromArn` : ''}`, copy);
  }
  return stores;
}

function storeOf(construct: IConstruct): SelectedStore[] {
  const type = CfnResource.isCfnResource(construct) ? construct.cfnResourceType : '';
  if (/^AWS::RedshiftServerless::/.test(type)) {
    return [{ store: BackedUpStore.REDSHIFT, keyProperty: 'KmsKeyId', resource: construct as CfnResource }];
  }
  return TYPES[type] ? [{ ...TYPES[type], resource: construct as CfnResource }] : [];
}

function assertCopied(copy: IConstruct, { resource }: SelectedStore): void {
  const serverless = resource.cfnResourceType.startsWith('AWS::RedshiftServerless::');
  const multiAz = resource.cfnResourceType === 'AWS::RDS::DBCluster' && !/^aurora/.test(`${propertyValues(resource, 'Engine')}`);
  if (serverless || multiAz) {
    throw new KmsPatternsError('NotCopiedByBackup',
      `AWS Backup copies no ${serverless ? 'snapshots of Amazon Redshift Serverless' : 'Multi-AZ DB clusters'} to another Region, given: ${resource.node.path}; `
      + 'leave it out of resources', copy);
  }
  if (resource.cfnResourceType === 'AWS::S3::Bucket' && !propertyValues(resource, 'VersioningConfiguration.Status').includes('Enabled')) {
    throw new KmsPatternsError('BucketNotVersioned',
      `AWS Backup backs up buckets that keep all versions, given: ${resource.node.path}; write versioned: true, or make an EncryptedBucket`, copy);
  }
  const there = Stack.of(resource).region;
  if (Token.compareStrings(there, Stack.of(copy).region) === TokenComparison.DIFFERENT) {
    throw new KmsPatternsError('ResourceOfAnotherRegion',
      `AWS Backup backs up what is in its own Region, given: ${resource.node.path} in ${there}, for ${Stack.of(copy).region}; `
      + `make a BackupCopy in a stack of ${there}`, copy);
  }
}
