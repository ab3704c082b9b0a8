import { CopiedDatabases } from './copied-databases';
import { SnapshotCopyProps } from '../snapshot-copy-props';

/**
 * Properties of copies of Amazon RDS snapshots to another Region.
 */
export interface RdsSnapshotCopyProps extends SnapshotCopyProps {
  /**
   * The databases whose snapshots are copied, if they have the `tags` as well. Snapshots have the tags of their database where it is made with
   * `copyTagsToSnapshot`, as those of this library are.
   *
   * @default - those of all databases of the account in the Region
   */
  readonly databases?: CopiedDatabases[];

  /**
   * The option groups of copies in the destination Region, which must exist there, by the name of the option group that the instance has.
   *
   * A copy with options that last, such as Transparent Data Encryption of Oracle and SQL Server, is refused without one that has them too.
   *
   * @default - copies have the default option group
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html#USER_CopySnapshot.Options
   */
  readonly optionGroups?: { [optionGroup: string]: string };
}
