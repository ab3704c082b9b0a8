import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { EncryptedDatabaseCluster } from '../../resource/database/encrypted-database-cluster';
import { EncryptedDatabaseInstance } from '../../resource/database/encrypted-database-instance';

/** @internal */
export interface NamedDatabases {
  readonly instances: string[];
  readonly clusters: string[];
}

/**
 * Databases whose snapshots are copied.
 *
 * @example
 * declare const ledger: EncryptedDatabaseInstance;
 * const databases = [CopiedDatabases.ofInstances(ledger), CopiedDatabases.clustersNamed('catalogue')];
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
 */
export class CopiedDatabases {
  /** Instances of the app, in the Region of the snapshots. */
  public static ofInstances(...instances: EncryptedDatabaseInstance[]): CopiedDatabases {
    return new CopiedDatabases((copy) => ({
      instances: instances.map(({ instance }) => inRegionOf(copy, instance).instanceIdentifier), clusters: [],
    }));
  }

  /** Aurora clusters of the app, in the Region of the snapshots. */
  public static ofClusters(...clusters: EncryptedDatabaseCluster[]): CopiedDatabases {
    return new CopiedDatabases((copy) => ({
      instances: [], clusters: clusters.map(({ cluster }) => inRegionOf(copy, cluster).clusterIdentifier),
    }));
  }

  /** Instances by their names, also those that are deleted and whose snapshots are still there. */
  public static instancesNamed(...identifiers: string[]): CopiedDatabases {
    return new CopiedDatabases((copy) => ({ instances: identifiers.map((identifier) => valid(copy, identifier)), clusters: [] }));
  }

  /** Aurora clusters by their names, also those that are deleted and whose snapshots are still there. */
  public static clustersNamed(...identifiers: string[]): CopiedDatabases {
    return new CopiedDatabases((copy) => ({ instances: [], clusters: identifiers.map((identifier) => valid(copy, identifier)) }));
  }

  private constructor(private readonly find: (copy: IConstruct) => NamedDatabases) {}

  /** @internal */
  public _named(copy: IConstruct): NamedDatabases {
    return this.find(copy);
  }
}

/**
 * All of several, by their names; none where those of all databases are copied.
 *
 * @internal
 */
export function namesOf(copy: IConstruct, databases?: readonly CopiedDatabases[]): NamedDatabases {
  const named = (databases ?? []).map((each) => each._named(copy));
  const names = { instances: named.flatMap(({ instances }) => instances), clusters: named.flatMap(({ clusters }) => clusters) };
  if (databases && names.instances.length + names.clusters.length === 0) {
    throw new KmsPatternsError('DatabasesEmpty',
      'the snapshots of no database would be copied, given: databases without a name; name one, or leave databases out, which copies those of all', copy);
  }
  return names;
}

function inRegionOf<T extends IConstruct>(copy: IConstruct, database: T): T {
  const [of, region] = [database, copy].map((construct) => Stack.of(construct).region);
  if (of !== region) {
    throw new KmsPatternsError('DatabaseOfAnotherRegion',
      `snapshots are in the Region of their database, given: ${database.node.path} in ${Token.isUnresolved(of) ? 'a Region that is known at deployment only' : of}, `
      + `for copies of what is in ${region}; make another RdsSnapshotCopy in a stack there`, copy);
  }
  return database;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
function valid(copy: IConstruct, identifier: string): string {
  if (!Token.isUnresolved(identifier) && !/^[a-z](-?[a-z0-9])*$/i.test(identifier)) {
    throw new KmsPatternsError('DatabaseIdentifierInvalid',
      `names of databases have letters, digits and single hyphens, and begin with a letter, given: '${identifier}'; write for example ledger`, copy);
  }
  return identifier;
}
