import { CreateReplicationGroupCommand, DeleteReplicationGroupCommand, DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, tagsOf } from '../operation';

/** A replication group of one node: Amazon ElastiCache makes its grant when it is made. */
export const CACHE: Operation = {
  name: 'cache',
  services: [KmsService.ELASTICACHE],
  makes: 'an Amazon ElastiCache replication group (Valkey, one cache.t4g.micro) in the default VPC',
  dollars: 0.05,
  minutes: 75,

  async make({ name: ReplicationGroupId, source: { aws: { elastiCache }, key: KmsKeyId }, until }) {
    await elastiCache.send(new CreateReplicationGroupCommand({
      ReplicationGroupId,
      ReplicationGroupDescription: ReplicationGroupId,
      Engine: 'valkey',
      CacheNodeType: 'cache.t4g.micro',
      NumCacheClusters: 1,
      AutomaticFailoverEnabled: false,
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      KmsKeyId,
      Tags: tagsOf(ReplicationGroupId),
    }));
    await until('the replication group is available', 30, async () => {
      const { ReplicationGroups } = await elastiCache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }));
      const { Status } = ReplicationGroups![0];
      if (Status === 'create-failed') {
        throw new Error(`The replication group ${ReplicationGroupId} was not made`);
      }
      return Status === 'available';
    });
  },

  async clean({ prefix, source: { elastiCache, region } }, sweep) {
    await sweep.each(`replication group in ${region}`, () => everyPage(async (Marker) => {
      const { ReplicationGroups, Marker: next } = await elastiCache.send(new DescribeReplicationGroupsCommand({ Marker }));
      return [ReplicationGroups?.filter(({ ReplicationGroupId }) => ReplicationGroupId?.startsWith(prefix)), next];
    }),
    ({ ReplicationGroupId }) => ReplicationGroupId,
    ({ ReplicationGroupId }) => elastiCache.send(new DeleteReplicationGroupCommand({ ReplicationGroupId })));
  },
};
