import { Stack } from 'aws-cdk-lib';
import { BucketDestination, CustomerManagedKey, EncryptedBucket, KmsService, SnapshotDestination } from '../../../src';
import { replicatedBucket, ruleIn } from '../../support/bucket-copies';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';

const imported = (scope: Stack) => CustomerManagedKey.fromKeyArn(scope, 'Key', `arn:aws:kms:${SYDNEY}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, {
  services: [KmsService.S3_REPLICATION],
});

test.each<[string, (copies: Copies) => BucketDestination]>([
  ['a bucket whose account is known at deployment only, too,', ({ app }) => BucketDestination.ofBucket(new EncryptedBucket(newStack(app, 'There', { region: SYDNEY }), 'Vault'))],
  ['a bucket that is known by its name', ({ data }) => BucketDestination.ofName('ours', imported(data))],
])('%s is taken for one of the account of the source where that is known at deployment only', (_what, destination) => {
  const copies = new Copies('weak', { region: REGION });
  replicatedBucket(copies.data, 'Invoices', { destination: destination(copies) });

  expect(ruleIn(copies.template('Data')).Destination).not.toHaveProperty('Account');
});

test.each<[string, string | undefined, string | undefined, string]>([
  ['the source', undefined, OTHER_ACCOUNT, `There in ${OTHER_ACCOUNT}, and Data`],
  ['the destination', ACCOUNT, undefined, `Data in ${ACCOUNT}, and There`],
])('fails where the account of %s alone is known at deployment only', (_whose, from, to, given) => {
  const { app, data } = new Copies('weak', { account: from, region: REGION });
  const there = newStack(app, 'There', { account: to, region: SYDNEY });
  const vault = new EncryptedBucket(there, 'Vault');
  const destinations = [BucketDestination.ofBucket(vault), BucketDestination.newBucket(SnapshotDestination.ofStack(there, vault.encryptionKey))];

  destinations.forEach((destination, i) => expect(() => replicatedBucket(data, `Invoices${i}`, { destination })).toThrow(
    `CopyAccountUnknown: copies to another account need other statements than copies within one, given: ${given} without an account; give both stacks an env `
    + `with an account [at Data/Invoices${i}Copies]`));
});
