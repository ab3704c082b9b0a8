import * as iam from 'aws-cdk-lib/aws-iam';
import { COPIED_BY, COPY_OF } from '../snapshot/copy-tags';
import { CopyRoute } from '../snapshot/snapshot-kind';

/** How Amazon RDS calls what it has of each type of snapshot, under the names that AWS Step Functions uses: those of the AWS SDK for Java 2. */
export interface RdsSnapshotType {
  /** After the name of a state. */
  readonly suffix: string;
  /** In the ARN. */
  readonly resource: string;
  readonly describe: string;
  readonly copy: string;
  readonly remove: string;
  /** In the names of actions of IAM. */
  readonly iam: string;
  /** The list in an answer. */
  readonly list: string;
  readonly identifier: string;
  readonly arn: string;
  readonly database: string;
  readonly encrypted: string;
  readonly sourceParameter: string;
  readonly targetParameter: string;
  readonly notFound: string;
  readonly exists: string;
}

export const OF_INSTANCE: RdsSnapshotType = {
  suffix: 'OfInstance',
  resource: 'snapshot',
  describe: 'describeDBSnapshots',
  copy: 'copyDBSnapshot',
  remove: 'deleteDBSnapshot',
  iam: 'DBSnapshot',
  list: 'DbSnapshots',
  identifier: 'DbSnapshotIdentifier',
  arn: 'DbSnapshotArn',
  database: 'DbInstanceIdentifier',
  encrypted: 'Encrypted',
  sourceParameter: 'SourceDBSnapshotIdentifier',
  targetParameter: 'TargetDBSnapshotIdentifier',
  notFound: 'Rds.DbSnapshotNotFoundException',
  exists: 'Rds.DbSnapshotAlreadyExistsException',
};

export const OF_CLUSTER: RdsSnapshotType = {
  suffix: 'OfCluster',
  resource: 'cluster-snapshot',
  describe: 'describeDBClusterSnapshots',
  copy: 'copyDBClusterSnapshot',
  remove: 'deleteDBClusterSnapshot',
  iam: 'DBClusterSnapshot',
  list: 'DbClusterSnapshots',
  identifier: 'DbClusterSnapshotIdentifier',
  arn: 'DbClusterSnapshotArn',
  database: 'DbClusterIdentifier',
  encrypted: 'StorageEncrypted',
  sourceParameter: 'SourceDBClusterSnapshotIdentifier',
  targetParameter: 'TargetDBClusterSnapshotIdentifier',
  notFound: 'Rds.DbClusterSnapshotNotFoundException',
  exists: 'Rds.DbClusterSnapshotAlreadyExistsException',
};

export const RDS_SNAPSHOT_TYPES = [OF_INSTANCE, OF_CLUSTER];

/** JSONata: whether a snapshot is that of a cluster. @param arn JSONata */
export const isOfCluster = (arn: string): string => `$contains(${arn}, ':cluster-snapshot:')`;

/** JSONata: what a snapshot says of whose copy it is. */
export const isCopyOf = (snapshot: string, address: string): string =>
  `$count(TagList[Key = '${COPIED_BY}' and Value = '${address}']) > 0 and $count(TagList[Key = '${COPY_OF}' and Value = ${snapshot}]) > 0`;

/**
 * Lets a role see the snapshots of a Region. Which resources a list is asked for was not tried: those of the page are named.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
export const describeStatement = ({ partition, account }: CopyRoute, region: string): iam.PolicyStatement => new iam.PolicyStatement({
  actions: RDS_SNAPSHOT_TYPES.map((type) => `rds:Describe${type.iam}s`),
  resources: ['db', 'cluster', ...RDS_SNAPSHOT_TYPES.map(({ resource }) => resource)].map((resource) => `arn:${partition}:rds:${region}:${account}:${resource}:*`),
});
