import * as iam from 'aws-cdk-lib/aws-iam';
import { BucketDestination, EncryptedBucket } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { replicatedBucket } from '../../support/bucket-copies';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { References } from '../../support/three-stacks';

const SOURCE = 'Data/Invoices/Key';
const THERE = 'There/Vault/Key';
const REPLICATION = 'Data/Invoices/Replication/Role';
const USE = ['Decrypt', 'Encrypt', 'GenerateDataKey'];

/** Who reads and writes the source, who reads the replicas, and who has nothing to do with them, in stacks of their own. */
function modelOf(references: References, account: string): AccessModel {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  const there = newStack(copies.app, 'There', { account, region: SYDNEY });
  const users = newStack(copies.app, 'Users', { account: ACCOUNT, region: REGION });
  const readers = newStack(copies.app, 'Readers', { account, region: SYDNEY });
  const role = (stack = users, id = 'Bystander') => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal(), roleName: id });
  const invoices = new EncryptedBucket(copies.data, 'Invoices');
  const vault = new EncryptedBucket(there, 'Vault');
  const copy = replicatedBucket(copies.data, 'Invoices', { source: invoices, destination: BucketDestination.ofBucket(vault) });
  copy.addBatchReplicationRole(new EncryptedBucket(copies.data, 'Reports').bucket);
  invoices.grantRead(role(users, 'App'));
  invoices.grantReadWrite(role(users, 'Writer'));
  vault.grantRead(role(readers, 'Restorer'));
  role();
  role(readers, 'BystanderThere');
  return new AccessModel(readAssembly(copies.app.synth().directory));
}

describe.each<[string, References, string]>([
  ['by weak references', 'weak', ACCOUNT],
  ['by strong references', 'strong', ACCOUNT],
  ['into another account', 'weak', OTHER_ACCOUNT],
])('%s', (_how, references, account) => {
  let model: AccessModel;
  beforeAll(() => {
    jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(console, 'error').mockImplementation();
    model = modelOf(references, account);
  });

  const ask = (principal: string, key: string, action: string) => model.decide({ principal, key, action: `kms:${action}` });
  const through = (region: string) => ({ operator: 'StringEquals', key: 'kms:ViaService', values: [`s3.${region}.amazonaws.com`] });

  test.each(USE)('the role of the replication, through Amazon S3 there: %s', (action) => {
    const { verdict, conditions } = ask(REPLICATION, THERE, action);

    expect(verdict).toBe('conditional');
    conditions.forEach((together) => expect(together).toContainEqual(through(SYDNEY)));
  });

  test('the role of the replication decrypts at the source, through Amazon S3, and does nothing else there', () => {
    const { verdict, conditions } = ask(REPLICATION, SOURCE, 'Decrypt');

    expect(verdict).toBe('conditional');
    conditions.forEach((together) => expect(together).toContainEqual(through(REGION)));
    ['Encrypt', 'GenerateDataKey', 'CreateGrant'].forEach((action) => expect(ask(REPLICATION, SOURCE, action)).toMatchObject({ verdict: 'denied' }));
  });

  test.each(['Users/App', 'Users/Writer', 'Users/Bystander', 'Readers/BystanderThere'].flatMap((who) => [...USE, 'CreateGrant'].map((action) => [who, action])))(
    '%s is denied %s of what is replicated', (who, action) => {
      expect(ask(who, THERE, action)).toMatchObject({ verdict: 'denied' });
    });

  test('who reads the destination decrypts there, and nothing of the source', () => {
    expect(ask('Readers/Restorer', THERE, 'Decrypt')).toMatchObject({ verdict: 'conditional' });
    expect(ask('Readers/Restorer', THERE, 'Encrypt')).toMatchObject({ verdict: 'denied' });
    expect(ask('Readers/Restorer', SOURCE, 'Decrypt')).toMatchObject({ verdict: 'denied' });
  });

  test.each(['Users/App', 'Users/Writer'])('%s decrypts at the source what it is for', (who) => {
    expect(ask(who, SOURCE, 'Decrypt')).toMatchObject({ verdict: 'conditional' });
  });

  test.each([SOURCE, THERE])('Amazon S3 does nothing by itself with %s', (key) => {
    ['s3.amazonaws.com', 'batchoperations.s3.amazonaws.com'].forEach((principal) => expect(ask(principal, key, 'Decrypt')).toMatchObject({ verdict: 'denied' }));
  });

  test('the destination and the replicas are under the key there', () => {
    expect(keyUses(model, model.key(THERE)).map(({ type, property }) => `${type} ${property}`).sort()).toEqual([
      'AWS::S3::Bucket BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID',
      'AWS::S3::Bucket ReplicationConfiguration.Rules.Destination.EncryptionConfiguration.ReplicaKmsKeyID',
    ]);
  });
});
