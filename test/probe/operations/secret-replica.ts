import {
  CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand, GetSecretValueCommand, ListSecretsCommand, PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
} from '@aws-sdk/client-secrets-manager';
import { KmsService } from '../../../src';
import { Operation, tagsOf } from '../operation';

/** A secret with a replica, changed and read in both Regions. */
export const SECRET_REPLICA: Operation = {
  name: 'secret-replica',
  services: [KmsService.SECRETS_MANAGER],
  makes: 'a secret and its replica in the other Region',
  dollars: 0.05,
  minutes: 20,

  async make({ name, source, destination, until }) {
    const { aws: { secretsManager } } = source;
    await secretsManager.send(new CreateSecretCommand({
      Name: name, SecretString: 'before', KmsKeyId: source.key, Tags: tagsOf(name), AddReplicaRegions: [{ Region: destination.region, KmsKeyId: destination.key }],
    }));
    await until('the secret is replicated', 10, async () => {
      const { ReplicationStatus } = await secretsManager.send(new DescribeSecretCommand({ SecretId: name }));
      const { Status, StatusMessage } = ReplicationStatus![0];
      if (Status === 'Failed') {
        throw new Error(`The secret was not replicated: ${StatusMessage}`);
      }
      return Status === 'InSync';
    });
    await secretsManager.send(new PutSecretValueCommand({ SecretId: name, SecretString: 'after' }));
    await until('the replica has the new value', 10, async () => {
      const { SecretString } = await destination.aws.secretsManager.send(new GetSecretValueCommand({ SecretId: name }));
      return SecretString === 'after';
    });
    await secretsManager.send(new GetSecretValueCommand({ SecretId: name }));
  },

  async clean({ prefix, source: { secretsManager, region } }, sweep) {
    await sweep.each(`secret in ${region}`,
      async () => (await secretsManager.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [prefix] }] }))).SecretList,
      ({ Name }) => Name, async ({ Name }) => {
        const { ReplicationStatus = [] } = await secretsManager.send(new DescribeSecretCommand({ SecretId: Name }));
        if (ReplicationStatus.length > 0) {
          await secretsManager.send(new RemoveRegionsFromReplicationCommand({
            SecretId: Name, RemoveReplicaRegions: ReplicationStatus.map(({ Region }) => Region!),
          }));
        }
        await secretsManager.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
      });
  },
};
