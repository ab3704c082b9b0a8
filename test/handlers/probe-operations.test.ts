import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { FakeSurroundings } from '../probe/fake-surroundings';
import { operationRun } from '../probe/operation-run';
import { OPERATIONS } from '../probe/operations';
import { RegionClients } from '../probe/region-clients';
import { trueAws } from '../support/handler/local-aws';

const [source, destination] = ['eu-west-2', 'ap-southeast-2'].map((region) => new RegionClients(region, trueAws(region)));
const place = { source, destination, account: '123456789012', partition: 'aws', narrow: false, until: Date.parse('2026-01-01T00:10:00Z') };

const NO_SUCH_ACTION = /parse error|not valid JSON/; // The endpoint answers by a page.
/** Where the endpoint ends an operation: it does not copy by itself, and has neither each action nor the policies of AWS. */
const ENDS: Readonly<Record<string, RegExp>> = {
  'activity': NO_SUCH_ACTION,
  'backup-copy': /AWSBackupServiceRolePolicyForBackup does not exist/,
  'delivery-stream': /^gave up waiting until the stream is active and encrypted$/,
  'rds-copy': NO_SUCH_ACTION,
  'redshift-copy': /^gave up waiting until the snapshot is copied$/,
  's3-replication': /^gave up waiting until the object is replicated$/,
};
/** What the endpoint does not have at all, or never deletes (a replication group). */
const MISSING = ['cache', 'dlm-copy', 's3-batch', 'serverless-copy'];

// Nothing is pulled and run to invoke a function.
beforeAll(() => fetch(`${trueAws(source.region).endpoint}/moto-api/config`, { method: 'POST', body: JSON.stringify({ lambda: { use_docker: false } }) }));

const operations = OPERATIONS.filter(({ name }) => !MISSING.includes(name));

test.each(operations.map((operation) => [operation.name, operation] as const))('%s is done as far as the endpoint goes, and leaves nothing behind', async (name, operation) => {
  const result = await operationRun(operation, place, new FakeSurroundings());
  const keys = await Promise.all([stateOf(source.kms, result.source), stateOf(destination.kms, result.destination)]);

  expect(result.failure ?? 'done').toMatch(ENDS[name] ?? /^done$/);
  expect(result.left).toEqual([]);
  expect(keys).toEqual(['PendingDeletion', 'PendingDeletion']);
});

async function stateOf(kms: KMSClient, KeyId: string): Promise<string | undefined> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  return KeyMetadata!.KeyState;
}
