import { SnapshotDestination } from '../../src';
import { assertRegionsOnce } from '../../src/copy/destination';
import { Copies, SYDNEY } from '../support/copies';

const destinationsIn = (regions: readonly string[]) => {
  const { data } = new Copies();
  const destinations = regions.map((region) => SnapshotDestination.inRegion(region)._for(data, data));
  return () => assertRegionsOnce(data, destinations);
};

test('takes several destinations, none, and one', () => {
  [[SYDNEY, 'eu-west-1', 'us-east-1'], [], [SYDNEY]].forEach((regions) => expect(destinationsIn(regions)).not.toThrow());
});

test('fails for two destinations in one Region', () => {
  expect(destinationsIn(['eu-west-1', SYDNEY, SYDNEY])).toThrow(
    'DestinationRegionTwice: copies go to each Region once, given: ap-southeast-2 twice; leave one of the destinations there out [at Data]');
});
