import { App, Aws, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  BucketDestination, BucketReplication, CustomerManagedKey, EncryptedBucket, ICustomerManagedKey, KmsService, SnapshotDestination,
} from '../../../src';
import { newBucketIn, replicatedBucket, ruleIn } from '../../support/bucket-copies';
import { Copies, SYDNEY } from '../../support/copies';
import { statement } from '../../support/key-policy';
import { ACCOUNT, newApp, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';

const THERE = `Data-copies-${SYDNEY}`;
const IN_SYDNEY = { account: ACCOUNT, region: SYDNEY };
const keyArn = (region: string, account = ACCOUNT) => `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const imported = (scope: Stack, region: string, account?: string) => CustomerManagedKey.fromKeyArn(scope, `In${region}`, keyArn(region, account), { services: [KmsService.S3_REPLICATION] });

describe('a new bucket', () => {
  test('is an encrypted bucket under the key there, which is retained', () => {
    const copies = new Copies();
    const { destinationBucket, destinationKey, destinationStack, destinationRegion } = replicatedBucket(copies.data);
    const { Resources } = copies.template(THERE);
    const bucket = Resources[destinationStack!.getLogicalId(destinationBucket.node.defaultChild as any)];

    expect(bucket).toMatchObject({ UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain', Properties: { VersioningConfiguration: { Status: 'Enabled' } } });
    expect(bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual(
      { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: destinationStack!.resolve(destinationKey.keyArn) });
    expect([destinationRegion, destinationStack!.stackName]).toEqual([SYDNEY, THERE]);
  });

  test('has a key that replication encrypts with, through Amazon S3 of its Region', () => {
    const { destinationKey } = replicatedBucket(new Copies().data);

    expect(statement(destinationKey, 'UseThroughS3Replication')).toMatchObject({
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'kms:ViaService': `s3.${SYDNEY}.amazonaws.com`, 'kms:CallerAccount': ACCOUNT } },
    });
  });

  test('is one for each bucket, under the key that all copies of the stack share', () => {
    const { data } = new Copies();
    const copies = ['Invoices', 'Orders'].map((id) => replicatedBucket(data, id));

    expect(new Set(copies.map(({ destinationKey }) => destinationKey)).size).toBe(1);
    expect(new Set(copies.map(({ destinationBucket }) => destinationBucket)).size).toBe(2);
  });

  test('is in the account of the source, also where it is known at deployment only', () => {
    const copies = new Copies('weak', { region: REGION });
    replicatedBucket(copies.data);

    expect(ruleIn(copies.template('Data')).Destination).not.toHaveProperty('Account');
  });

  test('denies replication nothing but requests without TLS', () => {
    const copies = new Copies();
    replicatedBucket(copies.data);
    const denied = Object.values(copies.template(THERE).Resources).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Effect }) => Effect === 'Deny').map(({ Action }) => Action);

    // Of a request to replicate, only that it comes by TLS is asked.
    expect(denied.filter((action) => action !== 's3:PutObject')).toEqual(['s3:*', 's3:*']);
  });
});

describe('a bucket of yours', () => {
  test('is named by a reference that is read at deployment', () => {
    const copies = new Copies();
    const there = newStack(copies.app, 'There', IN_SYDNEY);
    const vault = new EncryptedBucket(there, 'Vault');
    const { destinationBucket, destinationKey } = replicatedBucket(copies.data, 'Invoices', { destination: BucketDestination.ofBucket(vault) });

    expect([destinationBucket, destinationKey]).toEqual([vault.bucket, vault.encryptionKey]);
    expect(ruleIn(copies.template('Data')).Destination.Bucket['Fn::GetStackOutput'].StackName).toBe('There');
    expect(copies.data.dependencies).toEqual([there]);
  });

  test.each(['weak', 'strong'] as const)('refers to nothing of the source, by %s references', (references) => {
    const copies = new Copies(references);
    const there = newStack(copies.app, 'There', IN_SYDNEY);
    replicatedBucket(copies.data, 'Invoices', { destination: BucketDestination.ofBucket(new EncryptedBucket(there, 'Vault')) });
    const template = copies.template('There');

    expect(JSON.stringify(template)).not.toMatch(/GetStackOutput|ImportValue|Custom::/);
    expect(JSON.stringify(copies.template('Data'))).not.toMatch(/ImportValue|Custom::/);
  });

  test('of another account owns the replicas, and lets in the role by its name', () => {
    const copies = new Copies();
    const there = newStack(copies.app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });
    const vault = new EncryptedBucket(there, 'Vault');
    const copy = replicatedBucket(copies.data, 'Invoices', { destination: BucketDestination.ofBucket(vault) });
    const { replicationRole } = copy;
    copy.addBatchReplicationRole(new EncryptedBucket(copies.data, 'Reports').bucket);
    const roleName = `Data-Invoices-Replication-Role-9280F8ED-${REGION}`;
    const onlyTheRole = { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${roleName}` } };
    const bothRoles = { ArnEquals: { 'aws:PrincipalArn': [...Object.values(onlyTheRole.ArnEquals), expect.stringContaining('role/Data-InvoicesCopies-BatchRole-')] } };
    const source = copies.template('Data');
    const policy = Template.fromStack(there).findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: { Ref: 'Vault23237E5B' } } });

    expect(ruleIn(source).Destination).toMatchObject({ Account: OTHER_ACCOUNT, AccessControlTranslation: { Owner: 'Destination' } });
    expect(source.Resources[copies.data.getLogicalId(replicationRole.node.defaultChild as any)].Properties.RoleName).toBe(roleName);
    expect(JSON.stringify(source)).toContain('s3:ObjectOwnerOverrideToBucketOwner');
    expect(Object.values(policy)[0].Properties.PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Allow')).toMatchObject([
      { Action: 's3:GetBucketVersioning', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Condition: onlyTheRole },
      {
        Action: ['s3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'],
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Condition: onlyTheRole,
      },
    ]);
    expect(statement(vault.encryptionKey, `Account${ACCOUNT}ThroughS3Replication`)).toMatchObject({
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Condition: { ...bothRoles, StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': `s3.${SYDNEY}.amazonaws.com` } },
    });
  });

  test('of the account owns the replicas anyway, and leaves the role without a name', () => {
    const copies = new Copies();
    replicatedBucket(copies.data);
    const template = copies.template('Data');

    expect(ruleIn(template).Destination).not.toHaveProperty('AccessControlTranslation');
    expect(JSON.stringify(template)).not.toMatch(/RoleName|ObjectOwnerOverride/);
  });
});

describe('a bucket that is known by its name', () => {
  test('is written as it stands, and nothing waits for it', () => {
    const copies = new Copies();
    const key = imported(copies.data, SYDNEY);
    const copy = replicatedBucket(copies.data, 'Invoices', { destination: BucketDestination.ofName('invoices-sydney', key) });

    expect(ruleIn(copies.template('Data')).Destination).toMatchObject({
      Bucket: 'arn:aws:s3:::invoices-sydney', EncryptionConfiguration: { ReplicaKmsKeyID: keyArn(SYDNEY) },
    });
    expect(copies.data.dependencies).toEqual([]);
    expect([copy.destinationRegion, copy.destinationStack]).toEqual([SYDNEY, undefined]);
  });

  test('is how two buckets replicate to each other, in two steps and without a cycle of stacks', () => {
    const copies = new Copies();
    const there = newStack(copies.app, 'There', IN_SYDNEY);
    const invoices = new EncryptedBucket(copies.data, 'Invoices', { bucketName: 'invoices-london' });
    const vault = new EncryptedBucket(there, 'Vault');
    new BucketReplication(copies.data, 'InSydney', { source: invoices, destination: BucketDestination.ofBucket(vault), replicaModifications: true });
    invoices.encryptionKey.via(KmsService.S3_REPLICATION);
    new BucketReplication(there, 'InLondon', {
      source: vault, destination: BucketDestination.ofName('invoices-london', imported(there, REGION)), replicaModifications: true,
    });

    expect(ruleIn(copies.template('There'))).toMatchObject({
      SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } },
      Destination: { Bucket: 'arn:aws:s3:::invoices-london', EncryptionConfiguration: { ReplicaKmsKeyID: keyArn(REGION) } },
    });
    expect([copies.data.dependencies, there.dependencies]).toEqual([[there], []]);
    expect(JSON.stringify(copies.template('There'))).not.toMatch(/GetStackOutput|ImportValue/);
    expect(statement(invoices.encryptionKey, 'UseThroughS3Replication').Action).toContain('kms:Encrypt');
  });

  test('of another account is given to its owner', () => {
    const copies = new Copies();
    replicatedBucket(copies.data, 'Invoices', { destination: BucketDestination.ofName('theirs', imported(copies.data, SYDNEY, OTHER_ACCOUNT)) });

    expect(ruleIn(copies.template('Data')).Destination).toMatchObject({ Account: OTHER_ACCOUNT, AccessControlTranslation: { Owner: 'Destination' } });
  });
});

describe('fails', () => {
  test.each<[string, string, string]>([
    ['the name of the bucket is a token', Aws.STACK_NAME, 'a token'],
    ['there is no name', '', 'none'],
  ])('where %s', (_what, name, given) => {
    const { data } = new Copies();

    expect(() => replicatedBucket(data, 'Invoices', { destination: BucketDestination.ofName(name, imported(data, SYDNEY)) })).toThrow(
      `BucketNameNotLiteral: a bucket that this app does not deploy is known by its name only, given: ${given}; write the name, such as invoices-sydney, or give the `
      + 'bucket with BucketDestination.ofBucket [at Data/InvoicesCopies]');
  });

  test.each<[string, (data: Stack) => BucketDestination, string]>([
    ['the Region of the source', () => newBucketIn(REGION), `${REGION}, where the source is`],
    ['a token as Region', () => newBucketIn(Aws.REGION), 'one that is known at deployment only'],
    ['another partition', () => newBucketIn('cn-north-1'), 'cn-north-1, which is in the partition aws-cn, while eu-west-2 is in aws'],
    ['a bucket of the Region of the source', (data) => BucketDestination.ofBucket(new EncryptedBucket(data, 'Vault')), `${REGION}, where the source is`],
    ['a name in the Region of the source', (data) => BucketDestination.ofName('vault', imported(data, REGION)), `${REGION}, where the source is`],
  ])('for %s', (_what, destination, given) => {
    const { data } = new Copies();

    expect(() => replicatedBucket(data, 'Invoices', { destination: destination(data) })).toThrow(
      `DestinationRegionInvalid: copies go to another Region of the same partition, known before deployment, given: ${given}; write a Region such as `
      + 'ap-southeast-2 [at Data/InvoicesCopies]');
  });

  test('for a source without a Region', () => {
    expect(() => replicatedBucket(newStack(newApp(), 'Agnostic', {}))).toThrow('SourceRegionUnknown: ');
  });

  test('for a bucket of another Stage', () => {
    const app = newApp();
    const data = new Stack(new Stage(app, 'Prod', { env: { account: ACCOUNT, region: REGION } }), 'Data');
    const vault = new EncryptedBucket(newStack(app, 'There', IN_SYDNEY), 'Vault');

    expect(() => replicatedBucket(data, 'Invoices', { destination: BucketDestination.ofBucket(vault) })).toThrow('DestinationInAnotherStage: ');
  });

  test('for a key of AWS, which other languages let pass', () => {
    const { data } = new Copies();
    const key = kms.Alias.fromAliasName(data, 'Aws', 'alias/aws/s3') as unknown as ICustomerManagedKey;

    expect(() => replicatedBucket(data, 'Invoices', { destination: BucketDestination.ofName('vault', key) })).toThrow(
      'KeyNotCustomerManaged: a key of your own encrypts copies, given: Data/Aws; write a CustomerManagedKey, or import one with '
      + 'CustomerManagedKey.fromKeyArn [at Data/InvoicesCopies]');
  });

  test('for an imported key whose owner does not say that replication is let in', () => {
    const { data } = new Copies();
    const key = CustomerManagedKey.fromKeyArn(data, 'Key', keyArn(SYDNEY));

    expect(() => replicatedBucket(data, 'Invoices', { destination: BucketDestination.ofName('vault', key) })).toThrow(/services: \[KmsService.S3_REPLICATION\]/);
  });

  test.each<[string, (app: App, data: Stack) => BucketDestination, string]>([
    ['a name', (_app, data) => BucketDestination.ofName('vault', imported(data, SYDNEY)), 'that is known by its name'],
    ['another account', (app) => BucketDestination.ofBucket(new EncryptedBucket(newStack(app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY }), 'Vault')), 'of another account'],
  ])('for an age of what goes to %s, whose metrics are out of reach', (_what, destination, given) => {
    const { app, data } = new Copies();

    expect(() => replicatedBucket(data, 'Invoices', { destination: destination(app, data), maxAge: Duration.hours(2) })).toThrow(
      'DelayOutOfReach: Amazon S3 tells how far replicas are behind in the Region of the destination, where the alarm needs a stack of this app in the account of '
      + `the source, given: maxAge for a destination ${given}; leave maxAge out, or make the alarm there [at Data/InvoicesCopies]`);
  });
});

test('the destination of a stack of yours gets a new bucket there', () => {
  const copies = new Copies();
  const there = newStack(copies.app, 'There', IN_SYDNEY);
  const key = new CustomerManagedKey(there, 'Key');
  const { destinationBucket } = replicatedBucket(copies.data, 'Invoices', { destination: BucketDestination.newBucket(SnapshotDestination.ofStack(there, key)) });

  expect(destinationBucket.node.path).toBe('There/Data-InvoicesCopies/Bucket/Default');
});
