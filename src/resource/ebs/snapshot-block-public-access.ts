/**
 * Whether snapshots can be shared with everybody.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
 */
export enum SnapshotBlockPublicAccess {
  /** No snapshot can be shared with everybody, and those that are shared already are not found any more. */
  BLOCK_ALL_SHARING = 'block-all-sharing',
  /** No further snapshot can be shared with everybody. */
  BLOCK_NEW_SHARING = 'block-new-sharing',
  /** It stays as it is, such as where a declarative policy of the organization sets it. */
  UNMANAGED = 'unmanaged',
}
