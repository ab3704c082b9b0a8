import {
  CreateDomainCommand, DeleteDomainCommand, DescribeDomainCommand, DomainStatus, ListDomainNamesCommand, UpdateDomainConfigCommand,
} from '@aws-sdk/client-opensearch';
import { KmsService } from '../../../src';
import { Operation, Sandbox, tagsOf } from '../operation';
import { deleteProbeKey, makeProbeKey, probeKeyPolicy } from '../probe-key';
import { reason } from '../sweep';

/** A domain of one node, which is then asked to change its key. */
export const DOMAIN: Operation = {
  name: 'domain',
  services: [KmsService.OPENSEARCH],
  makes: 'an Amazon OpenSearch Service domain (one t3.small.search, 10 GiB) that only the account may reach, and a third key',
  dollars: 0.25,
  minutes: 165,

  async make(sandbox) {
    const { name, account, partition, source: { aws: { openSearch }, region, key } } = sandbox;
    await openSearch.send(new CreateDomainCommand({
      DomainName: name,
      ClusterConfig: { InstanceType: 't3.small.search', InstanceCount: 1 },
      EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 10 },
      EncryptionAtRestOptions: { Enabled: true, KmsKeyId: idOf(key) },
      AccessPolicies: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: 'es:*',
          Resource: `arn:${partition}:es:${region}:${account}:domain/${name}/*`,
        }],
      }),
      TagList: tagsOf(name),
    }));
    await active(sandbox, 'the domain is active');
    await otherKey(sandbox);
  },

  async clean({ prefix, source: { openSearch, region } }, sweep) {
    await sweep.each(`domain in ${region}`, async () => {
      const { DomainNames } = await openSearch.send(new ListDomainNamesCommand({}));
      return DomainNames?.filter(({ DomainName }) => DomainName?.startsWith(prefix));
    },
    ({ DomainName }) => DomainName, ({ DomainName }) => openSearch.send(new DeleteDomainCommand({ DomainName })));
  },
};

/** Amazon OpenSearch Service says that it cannot change the key, CloudFormation that it can: what is answered is noted. */
async function otherKey(sandbox: Sandbox): Promise<void> {
  const { name, account, partition, source: { aws: { kms, openSearch }, region, key }, note } = sandbox;
  const other = await makeProbeKey(kms, `${name}-other`, probeKeyPolicy(DOMAIN, { account, partition, region, others: [] }));
  try {
    const EncryptionAtRestOptions = { Enabled: true, KmsKeyId: idOf(other) };
    const refused = await openSearch.send(new UpdateDomainConfigCommand({ DomainName: name, EncryptionAtRestOptions })).then(() => undefined, reason);
    if (refused) {
      note(`UpdateDomainConfig with another key failed: ${refused}`);
      return;
    }
    const domain = await active(sandbox, 'the domain is active again');
    note(`UpdateDomainConfig with another key did not fail: the domain has ${domain.EncryptionAtRestOptions?.KmsKeyId}, which was ${key}`);
  } finally {
    await deleteProbeKey(kms, other);
  }
}

async function active({ name: DomainName, source: { aws: { openSearch } }, until }: Sandbox, what: string): Promise<DomainStatus> {
  let domain: DomainStatus | undefined;
  await until(what, 60, async () => {
    domain = (await openSearch.send(new DescribeDomainCommand({ DomainName }))).DomainStatus;
    return domain?.Created === true && domain.Processing === false;
  });
  return domain!;
}

function idOf(key: string): string {
  return key.split('/').at(-1)!;
}
