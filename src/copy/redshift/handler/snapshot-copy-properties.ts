/** What the template says of the copies of a cluster's snapshots. CloudFormation makes texts of numbers. */
export interface SnapshotCopyProperties {
  readonly ClusterIdentifier: string;
  readonly DestinationRegion: string;
  readonly DestinationKeyArn: string;
  readonly GrantName: string;
  /** Whether the grant is made and deleted with the copies. */
  readonly MakesGrant: 'true' | 'false';
  readonly AutomatedSnapshotRetentionPeriod: string;
  /** `-1` where manual snapshots are kept until they are deleted. */
  readonly ManualSnapshotRetentionPeriod: string;
}
