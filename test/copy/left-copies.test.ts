import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService, RdsSnapshotCopy, SourceKeys } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { replicatedBucket } from '../support/bucket-copies';
import { Copies, SYDNEY } from '../support/copies';
import { ACCOUNT, newStack, REGION } from '../support/key-stack';
import { rdsCopies, THERE } from '../support/snapshot-copies/rds-copies';

/** Whether somebody in Sydney, whose IAM policy allows it, decrypts through Amazon S3 under the key there, which snapshots are copied under, too. */
function readerWhere(add: (copies: Copies, snapshots: RdsSnapshotCopy) => void): string {
  const copies = new Copies('weak', { account: ACCOUNT, region: REGION });
  const key = new CustomerManagedKey(copies.data, 'Data', { alias: 'data' });
  add(copies, rdsCopies(copies.data, { sourceKeys: SourceKeys.ofKeys(key) }));
  const reader = new iam.Role(newStack(copies.app, 'Users', { account: ACCOUNT, region: SYDNEY }), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  reader.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
  const model = new AccessModel(readAssembly(copies.app.synth().directory));
  const context = { 'kms:ViaService': `s3.${SYDNEY}.amazonaws.com`, 'kms:CallerAccount': ACCOUNT };
  return model.decide({ principal: 'Users/Reader', key: `${THERE}/Key`, action: 'kms:Decrypt', context, complete: true }).verdict;
}

test.each<[string, string, Parameters<typeof readerWhere>[0]]>([
  ['are read while they are made', 'allowed', ({ data }) => void replicatedBucket(data)],
  ['are read by nobody any more where they left the app, and other copies keep the key in it', 'denied', () => undefined],
  ['are read where the key is handed to Amazon S3 then', 'allowed', (_copies, { destinationKey }) => void destinationKey.via(KmsService.S3)],
])('replicas %s', (_what, verdict, add) => {
  expect(readerWhere(add)).toBe(verdict);
});
