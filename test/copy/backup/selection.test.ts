import { Size, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BackedUpStore, BackupCopy, BackupSource, CustomerManagedKey, EncryptedBucket, EncryptedDatabaseCluster, ICustomerManagedKey, KmsService } from '../../../src';
import { backedUp, diskIn, filesIn, ordersIn } from '../../support/backups';
import { Copies, ledgerIn, SYDNEY } from '../../support/copies';
import { AURORA_POSTGRES, MYSQL, theOnly, vpcWith, WRITER } from '../../support/databases';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { newCluster, newServerless } from '../../support/warehouses';

const LONDON = { account: ACCOUNT, region: REGION };
const IMPORTED = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const { BackupResource } = backup;

/** The services that a key was handed to, as they stand in the Sids of its policy. */
function servicesOf(key: ICustomerManagedKey): string[] {
  const { Statement } = Stack.of(key).resolve((key.node.defaultChild as kms.CfnKey).keyPolicy) as { Statement: { Sid: string }[] };
  return Statement.map(({ Sid }) => Sid).filter((sid) => sid.startsWith('UseThrough'));
}

const volume = (scope: Construct, props: Partial<ec2.CfnVolumeProps>) => new ec2.CfnVolume(scope, 'Volume', { availabilityZone: `${REGION}a`, size: 1, ...props });
const bucketArn = ({ bucket }: EncryptedBucket) => BackupResource.fromArn(bucket.bucketArn);

describe('the key there lets in the service of', () => {
  test.each<[string, (data: Stack) => Construct | backup.BackupResource, string[]]>([
    ['a volume', diskIn, ['UseThroughBackup', 'UseThroughEbsCopies']],
    ['an instance of Amazon RDS', ledgerIn, ['UseThroughBackup', 'UseThroughRdsCopies']],
    ['an instance of Amazon RDS by its ARN', (data) => BackupResource.fromRdsDatabaseInstance(ledgerIn(data).instance), ['UseThroughBackup', 'UseThroughRdsCopies']],
    ['a cluster of Amazon Aurora', (data) => new EncryptedDatabaseCluster(data, 'Cluster', { engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(data, 'isolated') }),
      ['UseThroughBackup', 'UseThroughRdsCopies']],
    ['a cluster of Amazon Aurora by its ARN', (data) => BackupResource.fromRdsDatabaseCluster(new EncryptedDatabaseCluster(data, 'Cluster', {
      engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(data, 'isolated'),
    }).cluster), ['UseThroughBackup', 'UseThroughRdsCopies']],
    ['a cluster of Amazon Redshift', (data) => BackupResource.fromArn(Stack.of(data).formatArn({
      service: 'redshift', resource: 'cluster', resourceName: newCluster(data).cluster.ref,
    })), ['UseThroughBackup', 'UseThroughRedshift']],
    ['a table', ordersIn, ['UseThroughBackup']],
    ['a file system', filesIn, ['UseThroughBackup']],
    ['a bucket', (data) => bucketArn(new EncryptedBucket(data, 'Invoices')), ['UseThroughBackup']],
  ])('%s', (_what, make, services) => {
    const { data } = new Copies('weak', LONDON);

    expect(servicesOf(backedUp(data, [make(data)]).copies[0].destinationKey)).toEqual(services);
  });
});

test('the role decrypts a table of several Regions', () => {
  const copies = new Copies('weak', LONDON);
  jest.spyOn(console, 'warn').mockImplementation();
  const table = new dynamodb.TableV2(copies.data, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    encryption: dynamodb.TableEncryptionV2.customerManagedKey(new CustomerManagedKey(copies.data, 'Key').via(KmsService.DYNAMODB)),
  });
  backedUp(copies.data, [BackupResource.fromDynamoDbTable(table)]);

  expect(JSON.stringify(theOnly(copies.template('Data'), 'AWS::IAM::Policy'))).toContain('dynamodb.*.amazonaws.com');
});

test('what is under an imported key is backed up, where its owner lets in the copies', () => {
  const copies = new Copies('weak', LONDON);
  const key = CustomerManagedKey.fromKeyArn(copies.data, 'Key', IMPORTED, { services: [KmsService.EBS, KmsService.EBS_COPIES] });
  backedUp(copies.data, [volume(copies.data, { encrypted: true, kmsKeyId: key.via(KmsService.EBS).keyArn })]);

  expect(JSON.stringify(theOnly(copies.template('Data'), 'AWS::IAM::Policy'))).toContain(IMPORTED);
});

test('fails where the owner of an imported key does not say so, with the statements', () => {
  const copies = new Copies('weak', LONDON);
  const key = CustomerManagedKey.fromKeyArn(copies.data, 'Key', IMPORTED, { services: [KmsService.EBS] });
  const made = volume(copies.data, { encrypted: true, kmsKeyId: key.via(KmsService.EBS).keyArn });

  expect(() => backedUp(copies.data, [made])).toThrow(/^KeyPolicyNotOurs: .*"Sid":"UseThroughEbsCopies".*KmsService\.EBS_COPIES/);
});

describe('fails for what would stay under another key than one of yours', () => {
  const OR = 'encrypt it under a CustomerManagedKey handed over with via (KmsKeyId), or say with sources which keys of yours it is under [at Data/Backups]';
  test.each<[string, (data: Stack) => Construct, string, string]>([
    ['a volume that is not encrypted', (data) => volume(data, { encrypted: false }), 'Amazon EBS', 'Data/Volume, which is not encrypted'],
    ['a volume without a key', (data) => volume(data, { encrypted: true }), 'Amazon EBS', 'Data/Volume, which names no key'],
    ['a volume under a key of AWS', (data) => volume(data, { encrypted: true, kmsKeyId: 'alias/aws/ebs' }), 'Amazon EBS', 'Data/Volume, which is under alias/aws/ebs'],
    ['a volume under the alias of a key of AWS', (data) => new ec2.Volume(data, 'Volume', {
      availabilityZone: `${REGION}a`, size: Size.gibibytes(1), encrypted: true, encryptionKey: kms.Alias.fromAliasName(data, 'Aws', 'alias/aws/ebs'),
    }), 'Amazon EBS', `Data/Volume/Resource, which is under arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/ebs`],
    ['a volume under a key without a policy of ours', (data) => new ec2.Volume(data, 'Volume', {
      availabilityZone: `${REGION}a`, size: Size.gibibytes(1), encrypted: true, encryptionKey: new kms.Key(data, 'Plain'),
    }), 'Amazon EBS', 'Data/Volume/Resource, which is under Data/Plain, no CustomerManagedKey'],
    ['a cluster that is not encrypted', (data) => new rds.DatabaseCluster(data, 'Cluster', {
      engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(data, 'isolated'), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, storageEncrypted: false,
    }), 'Amazon RDS', 'Data/Cluster/Resource, which is not encrypted'],
  ])('%s', (_what, make, store, given) => {
    const { data } = new Copies('weak', LONDON);

    expect(() => backedUp(data, [make(data)])).toThrow(
      `SourceKeyMissing: backups of ${store} stay under the key of their source, which must be yours, given: ${given}; ${OR}`);
  });

  const under = (key: ICustomerManagedKey, name: string) => ({ deviceName: `/dev/${name}`, ebs: { encrypted: true, kmsKeyId: key.via(KmsService.EBS).keyArn } });
  const instance = (data: Stack, blockDeviceMappings?: ec2.CfnInstance.BlockDeviceMappingProperty[]) => new ec2.CfnInstance(data, 'Instance', { blockDeviceMappings });

  test.each<[string, (key: ICustomerManagedKey) => ec2.CfnInstance.BlockDeviceMappingProperty[] | undefined, string]>([
    ['of a launch template, which is not seen', () => undefined, 'which names no key'],
    ['one of whose volumes names none', (key) => [under(key, 'xvda'), { deviceName: '/dev/xvdb', ebs: { volumeSize: 10 } }], 'some of whose volumes name no key'],
  ])('an instance %s', (_what, devices, given) => {
    const { data } = new Copies('weak', LONDON);

    expect(() => backedUp(data, [instance(data, devices(new CustomerManagedKey(data, 'Key')))])).toThrow(
      `SourceKeyMissing: backups of Amazon EBS stay under the key of their source, which must be yours, given: Data/Instance, ${given}; `);
  });

  test('not an instance whose volumes are all under keys of yours', () => {
    const { data } = new Copies('weak', LONDON);
    const keys = ['One', 'Two'].map((id) => new CustomerManagedKey(data, id));
    backedUp(data, [instance(data, keys.map((key, index) => under(key, `xvd${index}`)))]);

    keys.forEach((key) => expect(servicesOf(key)).toContain('UseThroughEbsCopies'));
  });

  test('whatever else is under a key of yours', () => {
    const { data } = new Copies('weak', LONDON);

    expect(() => backedUp(data, [diskIn(data), volume(data, {})])).toThrow('SourceKeyMissing: ');
  });

  test('unless it is said that it is under one', () => {
    const { data } = new Copies('weak', LONDON);
    const keys = [new CustomerManagedKey(data, 'Key')];

    expect(backedUp(data, [volume(data, {})], { sources: [{ store: BackedUpStore.EBS, keys }] })).toBeInstanceOf(BackupCopy);
    expect(servicesOf(keys[0])).toEqual(['UseThroughEbsCopies']);
  });

  test.each<[string, Partial<ec2.CfnVolumeProps>]>([
    ['it is seen not to be encrypted', { encrypted: false }],
    ['it is seen to be under a key of AWS', { encrypted: true, kmsKeyId: 'alias/aws/ebs' }],
  ])('whatever is said, where %s', (_what, props) => {
    const { data } = new Copies('weak', LONDON);
    const sources = [{ store: BackedUpStore.EBS, keys: [new CustomerManagedKey(data, 'Key')] }];

    expect(() => backedUp(data, [volume(data, props)], { sources })).toThrow('SourceKeyMissing: ');
  });
});

test('takes what is under the key of the vault whatever it is under', () => {
  const { data } = new Copies('weak', LONDON);
  const table = new dynamodb.Table(data, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const files = new efs.FileSystem(data, 'Plain', { vpc: vpcWith(data, 'isolated') });
  const bucket = new s3.Bucket(data, 'Bucket', { versioned: true });

  expect(backedUp(data, [table, files, BackupResource.fromArn(bucket.bucketArn)])).toBeInstanceOf(BackupCopy);
});

describe('of what is selected by tags and ARNs, sources tells', () => {
  const by = BackupResource.fromTag('backup', 'daily');
  const pattern = `arn:aws:ec2:${REGION}:${ACCOUNT}:volume/*`;

  test('the stores and their keys', () => {
    const { data } = new Copies('weak', LONDON);
    const key = new CustomerManagedKey(data, 'Key');
    const { copies: [made] } = backedUp(data, [by], { sources: [{ store: BackedUpStore.RDS, keys: [key] }, { store: BackedUpStore.S3 }] });

    expect(servicesOf(key)).toEqual(['UseThroughRdsCopies']);
    expect(servicesOf(made.destinationKey)).toEqual(['UseThroughBackup', 'UseThroughRdsCopies']);
  });

  test.each<[string, () => backup.BackupResource, string]>([
    ['a tag', () => by, 'the tag backup=daily'],
    ['a pattern', () => BackupResource.fromArn(pattern), pattern],
    ['an imported bucket', () => BackupResource.fromArn(s3.Bucket.fromBucketName(new Stack(), 'Bucket', 'invoices').bucketArn), 'an ARN that is known at deployment only'],
  ])('fails for %s without it', (_what, resource, given) => {
    const { data } = new Copies('weak', LONDON);

    expect(() => backedUp(data, [resource()])).toThrow(
      `BackupSourcesMissing: which keys a backup needs is not seen in a selection by tags and ARNs, given: ${given}; say it, for example with `
      + 'sources: [{ store: BackedUpStore.EBS, keys: [key] }] [at Data/Backups]');
  });

  test.each<[string, (data: Stack) => BackupSource, string]>([
    ['a store without keys that needs them', () => ({ store: BackedUpStore.EBS }),
      'SourceKeyMissing: backups of Amazon EBS stay under the key of their source, which must be yours, given: a source without keys; give keys [at Data/Backups]'],
    ['a key of another Region', (data) => ({ store: BackedUpStore.EBS, keys: [new CustomerManagedKey(newStack(data.node.root as never, 'Far', { region: SYDNEY }), 'Key')] }),
      `KeyOfAnotherRegion: a key encrypts in its own Region only, given as a source: Far/Key in ${SYDNEY}, for ${REGION}; give the key of ${REGION} that the source `
      + 'is under [at Data/Backups]'],
  ])('fails for %s', (_what, source, message) => {
    const { data } = new Copies('weak', LONDON);

    expect(() => backedUp(data, [by], { sources: [source(data)] })).toThrow(message);
  });
});

test.each<[string, (data: Stack) => (Construct | backup.BackupResource)[], string]>([
  ['nothing', () => [], 'NothingToBackUp: a selection takes resources, given: none; write for example backup.BackupResource.fromConstruct(ledger) [at Data/Backups]'],
  ['a construct with nothing that is backed up', (data) => [new CustomerManagedKey(data, 'Key')],
    'NothingToBackUp: BackupResource.fromConstruct finds nothing that is backed up in it, given: Data/Key; give what contains a volume, an instance, a database, a table or '
    + 'a file system [at Data/Backups]'],
  ['a construct with a bucket only', (data) => [new EncryptedBucket(data, 'Invoices')],
    'NothingToBackUp: BackupResource.fromConstruct finds nothing that is backed up in it, given: Data/Invoices; give what contains a volume, an instance, a database, a table '
    + 'or a file system, and Amazon S3 with BackupResource.fromArn [at Data/Backups]'],
  ['a Multi-AZ DB cluster', (data) => [new rds.CfnDBCluster(data, 'Cluster', { engine: 'mysql', storageEncrypted: true })],
    'NotCopiedByBackup: AWS Backup copies no Multi-AZ DB clusters to another Region, given: Data/Cluster; leave it out of resources [at Data/Backups]'],
  ['Amazon Redshift Serverless', (data) => [BackupResource.fromArn(newServerless(data).namespace.attrNamespaceNamespaceArn)],
    'NotCopiedByBackup: AWS Backup copies no snapshots of Amazon Redshift Serverless to another Region, given: Data/Warehouse/Default; leave it out of resources '
    + '[at Data/Backups]'],
  ['a bucket that keeps no versions', (data) => [BackupResource.fromArn(new s3.Bucket(data, 'Bucket').bucketArn)],
    'BucketNotVersioned: AWS Backup backs up buckets that keep all versions, given: Data/Bucket/Resource; write versioned: true, or make an EncryptedBucket [at Data/Backups]'],
  ['a resource of another Region', (data) => [diskIn(newStack(data.node.root as never, 'Far', { account: ACCOUNT, region: SYDNEY }))],
    `ResourceOfAnotherRegion: AWS Backup backs up what is in its own Region, given: Far/Disk/Default/Resource in ${SYDNEY}, for ${REGION}; make a BackupCopy in a stack of `
    + `${SYDNEY} [at Data/Backups]`],
])('fails for %s', (_what, make, message) => {
  const { data } = new Copies('weak', LONDON);
  const resources = make(data);

  expect(() => backedUp(data, resources)).toThrow(message);
});

test('fails for what is put into a construct after it was given', () => {
  const copies = new Copies('weak', LONDON);
  const shop = new Construct(copies.data, 'Shop');
  diskIn(shop);
  backedUp(copies.data, [shop]);
  diskIn(shop, 'Later');

  expect(() => copies.app.synth()).toThrow(
    'BackedUpLater: Data/Shop/Later/Default/Resource was made after this BackupCopy, which takes what is in a construct when it is given; make it before');
});

test('members of a cluster are backed up with it', () => {
  const copies = new Copies('weak', LONDON);
  backedUp(copies.data, [new EncryptedDatabaseCluster(copies.data, 'Cluster', {
    engine: AURORA_POSTGRES, writer: rds.ClusterInstance.provisioned('Writer'), vpc: vpcWith(copies.data, 'isolated'),
  })]);

  expect(theOnly(copies.template('Data'), 'AWS::Backup::BackupSelection').Properties.BackupSelection.Resources).toHaveLength(1);
});

test('an instance is backed up with its own engine', () => {
  const { data } = new Copies('weak', LONDON);

  expect(servicesOf(backedUp(data, [ledgerIn(data, 'Ledger', { engine: MYSQL })]).copies[0].destinationKey)).toContain('UseThroughRdsCopies');
});
