import { keyArn } from '../fake-surroundings';
import { run, SCRIPTS, SOURCE } from '../scripted-run';

test('cache: it is under the key, and found again by its name while it cannot be deleted yet', async () => {
  const groups = ['kms-probe-test-cache', 'shop'].map((ReplicationGroupId) => ({ ReplicationGroupId, Status: 'available' }));
  let busy = 1;
  const { result, surroundings } = await run('cache', {
    ...SCRIPTS.cache,
    'elastiCache.DescribeReplicationGroups': () => ({ ReplicationGroups: groups }),
    'elastiCache.DeleteReplicationGroup': ({ ReplicationGroupId }) => {
      if (busy-- > 0) {
        throw Object.assign(new Error('creating'), { name: 'InvalidReplicationGroupStateFault' });
      }
      groups.splice(groups.findIndex((group) => group.ReplicationGroupId === ReplicationGroupId), 1);
    },
  });

  expect(result).toMatchObject({ left: [] });
  expect(surroundings.callsOf('elastiCache.CreateReplicationGroup')[0].input).toMatchObject({ AtRestEncryptionEnabled: true, KmsKeyId: keyArn(SOURCE) });
  expect(groups.map(({ ReplicationGroupId }) => ReplicationGroupId)).toEqual(['shop']);
});
