import { Duration } from 'aws-cdk-lib';
import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';

const DAILY = { Key: 'backup', Value: 'daily' };
const machines = ebsMachines({ tags: { backup: 'daily' }, retention: Duration.days(35) });

test('a snapshot is copied once, under the key of the destination, with its tags and where it comes from', async () => {
  const world = ebsWorld(machines);
  const id = world.create([DAILY, { Key: 'aws:backup:source', Value: 'x' }]);
  await world.pass(1);

  expect([...world.ec2.copies.values()]).toEqual([expect.objectContaining({
    State: 'completed',
    KmsKeyId: expect.stringMatching(/^Key\w+\.Arn$/),
    Tags: [
      { Key: 'cdk-kms-patterns:copy-of', Value: `arn:aws:ec2:eu-west-2::snapshot/${id}` },
      { Key: 'cdk-kms-patterns:copied-by', Value: expect.stringMatching(/^Data-Copies-/) },
      DAILY,
    ],
  })]);
  expect(world.stateOf(id)).toBe('COPIED');
  expect([world.failed, world.executionsFailed]).toEqual([[], []]);
});
