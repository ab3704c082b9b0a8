import { BucketDestination, EncryptedBucket } from '../../../src';
import { newBucketIn, replicatedBucket } from '../../support/bucket-copies';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack } from '../../support/key-stack';

type Templates = Record<string, { Resources: Record<string, any> }>;

/** The templates with a replication, with another one, or without one. */
function templatesOf(destination?: (copies: Copies) => BucketDestination): Templates {
  const copies = new Copies();
  const source = new EncryptedBucket(copies.data, 'Invoices');
  if (destination) {
    replicatedBucket(copies.data, 'Invoices', { source, destination: destination(copies) });
  }
  return Object.fromEntries(copies.app.synth().stacks.map(({ stackName, template }) => [stackName, template]));
}

const idsOf = ({ Resources }: { Resources: Record<string, any> }) => Object.keys(Resources).sort();
const ruleOf = ({ Resources }: { Resources: Record<string, any> }): any =>
  Object.values(Resources).flatMap(({ Properties }) => Properties.ReplicationConfiguration?.Rules ?? [])[0];

test('another Region changes the rule in place, with the same role, and leaves the bucket that was replicated to', () => {
  const [sydney, dublin] = [SYDNEY, 'eu-west-1'].map((region) => templatesOf(() => newBucketIn(region)));

  expect(idsOf(dublin.Data)).toEqual(idsOf(sydney.Data));
  expect({ ...ruleOf(dublin.Data), Destination: {} }).toEqual({ ...ruleOf(sydney.Data), Destination: {} });
  expect(ruleOf(dublin.Data).Destination.Bucket['Fn::GetStackOutput'].Region).toBe('eu-west-1');
  // The stack leaves the app and stays deployed. Deleted by hand, it leaves what is encrypted.
  expect(Object.keys(dublin)).not.toContain(`Data-copies-${SYDNEY}`);
  expect(Object.values(sydney[`Data-copies-${SYDNEY}`].Resources).filter(({ Type }) => ['AWS::S3::Bucket', 'AWS::KMS::Key'].includes(Type))
    .map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['RetainExceptOnCreate', 'Retain', 'Retain']);
});

test('a bucket of yours in its place changes the rule in place', () => {
  const made = templatesOf(() => newBucketIn(SYDNEY));
  const given = templatesOf(({ app }) => BucketDestination.ofBucket(new EncryptedBucket(newStack(app, 'There', { account: ACCOUNT, region: SYDNEY }), 'Vault')));

  expect(idsOf(given.Data)).toEqual(idsOf(made.Data));
  expect(ruleOf(given.Data).Id).toBe(ruleOf(made.Data).Id);
});

test('what leaves the app leaves the source as it was', () => {
  const [before, without] = [templatesOf(), templatesOf(() => newBucketIn(SYDNEY))];
  const bucket = idsOf(before.Data).find((id) => /^Invoices[0-9A-F]{8}$/.test(id))!;
  const { ReplicationConfiguration, ...properties } = without.Data.Resources[bucket].Properties;

  expect(ReplicationConfiguration).toBeDefined();
  expect(before.Data.Resources[bucket].Properties).toEqual(properties);
  expect(idsOf(without.Data).filter((id) => !(id in before.Data.Resources)).map((id) => without.Data.Resources[id].DeletionPolicy ?? 'Delete')).toEqual(['Delete', 'Delete', 'Delete']);
});
