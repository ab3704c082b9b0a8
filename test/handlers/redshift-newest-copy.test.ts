import { checkNewestCopy, NewestCopyQuestion } from '../../src/copy/redshift/handler/check-newest-copy';
import { RecordedAnswer } from '../support/handler/faulty-endpoint';
import { redshiftError, SnapshotCopyWorld, SYDNEY } from '../support/handler/snapshot-copy-world';

const HOUR = 60 * 60 * 1000;
const QUESTION: NewestCopyQuestion = { NewestCopyOf: 'sales', SourceRegion: 'eu-west-2', DestinationRegion: SYDNEY, MaxAgeHours: 26 };

interface Snapshot { hours: number; status?: string; region?: string }

/** Snapshots of some age, as Amazon Redshift answers: moto copies none. @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusterSnapshots.html */
function snapshots(found: Snapshot[], marker = ''): RecordedAnswer {
  const members = found.map(({ hours, status = 'available', region = 'eu-west-2' }, i) => `<Snapshot><SnapshotIdentifier>copy:rs:sales-${i}</SnapshotIdentifier>`
    + `<ClusterIdentifier>sales</ClusterIdentifier><SnapshotCreateTime>${new Date(Date.now() - hours * HOUR).toISOString()}</SnapshotCreateTime><Status>${status}</Status>`
    + `${region && `<SourceRegion>${region}</SourceRegion>`}</Snapshot>`).join('');
  return {
    status: 200,
    type: 'text/xml',
    body: '<DescribeClusterSnapshotsResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><DescribeClusterSnapshotsResult>'
      + `${marker && `<Marker>${marker}</Marker>`}<Snapshots>${members}</Snapshots></DescribeClusterSnapshotsResult></DescribeClusterSnapshotsResponse>`,
  };
}

let world: SnapshotCopyWorld;
beforeAll(async () => {
  world = await SnapshotCopyWorld.start('eu-west-2');
});
beforeEach(() => {
  world.endpoint.forget();
  jest.spyOn(console, 'info').mockImplementation();
});
afterAll(() => world.stop());

const check = (...pages: RecordedAnswer[]) => {
  pages.forEach((page) => world.endpoint.fail('DescribeClusterSnapshots', page));
  return checkNewestCopy(QUESTION);
};
const NONE = 'No snapshot of sales in ap-southeast-2 is a copy from eu-west-2 and younger than 26 hours';

test('is silent where a copy is young enough', async () => {
  await expect(check(snapshots([{ hours: 25 }, { hours: 49 }]))).resolves.toBeUndefined();
});

test('asks for the snapshots of the cluster, in the other Region, that are young enough', async () => {
  await check(snapshots([{ hours: 1 }]));
  const { ClusterIdentifier, StartTime } = Object.fromEntries(new URLSearchParams(world.endpoint.calls[0].body));

  expect(ClusterIdentifier).toBe('sales');
  expect(Math.abs(Date.parse(StartTime) - (Date.now() - 26 * HOUR))).toBeLessThan(60_000);
});

test('finds a copy on a further page', async () => {
  await expect(check(snapshots([], 'more'), snapshots([{ hours: 1 }]))).resolves.toBeUndefined();
  expect(world.endpoint.calls).toHaveLength(2);
});

test.each<[string, Snapshot[]]>([
  ['there is none', []],
  ['the newest is older', [{ hours: 27 }]],
  ['the newest is not finished', [{ hours: 1, status: 'creating' }]],
  ['the newest was made there, of a cluster that was restored under the same name', [{ hours: 1, region: '' }]],
  ['the newest comes from a third Region', [{ hours: 1, region: 'us-east-1' }]],
])('fails where %s', async (_what, found) => {
  await expect(check(snapshots(found))).rejects.toThrow(NONE);
});

test('fails where it may not look', async () => {
  await expect(check(redshiftError('AccessDenied', 'User is not authorized', 403))).rejects.toThrow('User is not authorized');
});
