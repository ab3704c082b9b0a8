import { paginateDescribeClusterSnapshots, RedshiftClient } from '@aws-sdk/client-redshift';
import { RETRIES } from '../../../private/custom-resource/retries';

/** What a rule asks again and again. */
export interface NewestCopyQuestion {
  readonly NewestCopyOf: string;
  readonly SourceRegion: string;
  readonly DestinationRegion: string;
  readonly MaxAgeHours: number;
}

const HOUR = 60 * 60 * 1000;

/**
 * Looks for a copy that is young enough.
 *
 * @throws where there is none, so that AWS Lambda counts an error
 */
export async function checkNewestCopy({ NewestCopyOf, SourceRegion, DestinationRegion, MaxAgeHours }: NewestCopyQuestion): Promise<void> {
  const client = new RedshiftClient({ ...RETRIES, region: DestinationRegion });
  const StartTime = new Date(Date.now() - MaxAgeHours * HOUR);
  for await (const { Snapshots = [] } of paginateDescribeClusterSnapshots({ client }, { ClusterIdentifier: NewestCopyOf, StartTime })) {
    // A cluster that was restored there may have the name of its source, and snapshots of its own.
    const copy = Snapshots.find((snapshot) => snapshot.Status === 'available' && snapshot.SourceRegion === SourceRegion && snapshot.SnapshotCreateTime! >= StartTime);
    if (copy) {
      console.info(JSON.stringify({ NewestCopyOf, DestinationRegion, Found: copy.SnapshotIdentifier }));
      return;
    }
  }
  throw new Error(`No snapshot of ${NewestCopyOf} in ${DestinationRegion} is a copy from ${SourceRegion} and younger than ${MaxAgeHours} hours`);
}
