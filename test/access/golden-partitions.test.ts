import { ADMINISTRATION } from './golden/model-statements';
import { SERVICE_WORLDS } from './golden/service-worlds';
import { A } from '../support/access-world';
import { handedOverKeys, isWritten } from '../support/handed-over-key';
import { answer, serviceModel, ServiceRow, ServiceWorld } from '../support/service-world';
import { OtherPartition, worldInPartition } from '../support/world-in-partition';

const CHINA: OtherPartition = { partition: 'aws-cn', region: 'cn-north-1', otherRegion: 'cn-northwest-1' };
const GOVCLOUD: OtherPartition = { partition: 'aws-us-gov', region: 'us-gov-west-1', otherRegion: 'us-gov-east-1' };
/** What a key is narrowed to is written out as in the commercial Regions. */
const anywhere = SERVICE_WORLDS.filter((world) => isWritten(world) && !world.handOver && !world.keyProps);

function expectVerdicts(there: OtherPartition, world: ServiceWorld, keyTemplate?: object): void {
  const model = serviceModel(world, keyTemplate, { account: A, region: there.region, partition: there.partition });
  const answers = world.rows.map((row): ServiceRow => [...row.slice(0, 4), answer(model, row).verdict] as unknown as ServiceRow);
  expect(answers).toEqual(world.rows);
}

/** AWS CDK and the catalogue take the suffix of China for it; AWS prints that of the commercial Regions only. */
function withLogsOfChina(world: ServiceWorld): ServiceWorld {
  return { ...world, rows: world.rows.map(([as, who, ...rest]): ServiceRow => [as, who.replace(/^(logs\.cn-.*\.amazonaws\.com)$/, '$1.cn'), ...rest]) };
}

describe.each([CHINA, GOVCLOUD])('in $partition the same holds', (there) => {
  test.each(SERVICE_WORLDS)('of $about', (world) => {
    const moved = worldInPartition({ ...world, administration: world.administration ?? ADMINISTRATION }, there);
    expectVerdicts(there, { ...moved, keyPolicy: [...moved.administration!, ...moved.keyPolicy] });
  });

  const written = handedOverKeys(anywhere, there.region);
  test.each(anywhere)('of $about, under the key policy that the constructs write', (world) => {
    expectVerdicts(there, withLogsOfChina(worldInPartition(world, there)), written.get(world));
  });
});
