import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketReplication, BucketReplicationProps, CustomerManagedKey, EncryptedBucket, KmsService } from '../../../src';
import { newBucketIn, replicatedBucket } from '../../support/bucket-copies';
import { Copies, SYDNEY } from '../../support/copies';
import { problemsAtSynth } from '../../support/key-policy';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';

const THERE = `Data-copies-${SYDNEY}`;
const output = (name: string) => ({ 'Fn::GetStackOutput': Match.objectLike({ StackName: THERE, Region: SYDNEY, OutputName: Match.stringLikeRegexp(name) }) });

/** The only rule of a replication, as it stands in the template. */
function ruleOf(props: Partial<BucketReplicationProps>): any {
  const copies = new Copies();
  replicatedBucket(copies.data, 'Invoices', props);
  const [rule, ...others] = Object.values(copies.template('Data').Resources)
    .flatMap(({ Properties }) => Properties.ReplicationConfiguration?.Rules ?? []);
  expect(others).toEqual([]);
  return rule;
}

describe('the source', () => {
  test('replicates new objects under the key of the other Region, by references that are read at deployment', () => {
    const copies = new Copies();
    replicatedBucket(copies.data);

    Template.fromStack(copies.data).hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^InvoicesReplicationRole'), 'Arn'] },
        Rules: [{
          Id: 'Data-InvoicesCopies-C9F8AF4D',
          Priority: 1,
          Status: 'Enabled',
          Filter: { Prefix: '' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          DeleteMarkerReplication: { Status: 'Disabled' },
          Destination: {
            Bucket: output('Bucket.*Arn'),
            EncryptionConfiguration: { ReplicaKmsKeyID: output('Key.*Arn') },
            Metrics: { Status: 'Enabled' },
          },
        }],
      },
    });
    expect(JSON.stringify(copies.template(THERE))).not.toMatch(/GetStackOutput|ImportValue/);
    expect(copies.data.dependencies.map(({ stackName }) => stackName)).toEqual([THERE]);
  });

  test('gives its role what Amazon S3 documents, on both keys with the encryption contexts of either kind of object', () => {
    const copies = new Copies();
    replicatedBucket(copies.data, 'Invoices', { prefix: 'paid/' });
    const policies = Object.entries(copies.template('Data').Resources).filter(([id]) => id.startsWith('InvoicesReplicationRoleDefaultPolicy'));
    const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^Invoices[0-9A-F]{8}$/), 'Arn'] };
    const replica = { 'Fn::GetStackOutput': expect.objectContaining({ StackName: THERE, OutputName: expect.stringMatching(/Bucket.*Arn/) }) };
    const under = (arn: object, pattern: string) => ({ 'Fn::Join': ['', [arn, pattern]] });
    const through = (region: string, arn: object) => ({
      StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, under(arn, '/*')] },
    });

    expect(policies.map(([, { Properties }]) => Properties.PolicyDocument.Statement)).toEqual([[
      { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: bucket },
      {
        Effect: 'Allow',
        Action: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
        Resource: under(bucket, '/paid/*'),
      },
      { Effect: 'Allow', Action: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], Resource: under(replica, '/paid/*') },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^InvoicesKey/), 'Arn'] },
        Condition: through(REGION, bucket),
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: { 'Fn::GetStackOutput': expect.objectContaining({ OutputName: expect.stringMatching(/Key.*Arn/) }) },
        Condition: through(SYDNEY, replica),
      },
    ]]);
  });

  test('changes nothing else of the bucket, which is not replaced', () => {
    const [before, after] = [false, true].map((copied) => {
      const copies = new Copies();
      const source = new EncryptedBucket(copies.data, 'Invoices');
      if (copied) {
        replicatedBucket(copies.data, 'Invoices', { source });
      }
      return copies.template('Data').Resources;
    });
    const bucket = Object.keys(before).find((id) => /^Invoices[0-9A-F]{8}$/.test(id))!;
    const { ReplicationConfiguration, ...properties } = after[bucket].Properties;

    expect(ReplicationConfiguration).toBeDefined();
    expect({ ...after, [bucket]: { ...after[bucket], Properties: properties } }).toMatchObject(before);
    expect(Object.keys(after).filter((id) => !(id in before)).map((id) => after[id].Type).sort()).toEqual(
      ['AWS::CloudWatch::Alarm', 'AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  test('may be in a nested stack, whose outermost stack is deployed after the destination', () => {
    const copies = new Copies();
    const { destinationStack } = replicatedBucket(new NestedStack(copies.data, 'Nested'));

    expect(copies.data.dependencies).toEqual([destinationStack]);
    expect(() => copies.app.synth()).not.toThrow();
  });
});

describe('a rule', () => {
  test.each<[string, Partial<BucketReplicationProps>, object]>([
    ['of a prefix', { prefix: 'paid/' }, { Prefix: 'paid/' }],
    ['of a tag', { tags: { class: 'gold' } }, { TagFilter: { Key: 'class', Value: 'gold' } }],
    ['of tags', { tags: { class: 'gold', open: 'no' } }, { And: { TagFilters: [{ Key: 'class', Value: 'gold' }, { Key: 'open', Value: 'no' }] } }],
    ['of a prefix and a tag', { prefix: 'paid/', tags: { class: 'gold' } }, { And: { Prefix: 'paid/', TagFilters: [{ Key: 'class', Value: 'gold' }] } }],
    ['of no tags', { tags: {} }, { Prefix: '' }],
  ])('%s has exactly one filter', (_of, props, filter) => {
    expect(ruleOf(props).Filter).toEqual(filter);
  });

  test('takes a storage class, delete markers, and what is modified of replicas', () => {
    const rule = ruleOf({ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, deleteMarkers: true, replicaModifications: true });

    expect(rule.Destination.StorageClass).toBe('GLACIER_IR');
    expect(rule.DeleteMarkerReplication).toEqual({ Status: 'Enabled' });
    expect(rule.SourceSelectionCriteria).toEqual({ SseKmsEncryptedObjects: { Status: 'Enabled' }, ReplicaModifications: { Status: 'Enabled' } });
  });

  test('has a threshold for its metrics with time control only, without which Amazon S3 refuses it', () => {
    expect(ruleOf({ replicationTimeControl: true }).Destination).toMatchObject({
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } }, Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
    });
    expect(ruleOf({}).Destination.Metrics).toEqual({ Status: 'Enabled' });
    expect(ruleOf({ metrics: false }).Destination).not.toHaveProperty('Metrics');
  });
});

describe('several destinations', () => {
  test('are rules of one configuration, with one role', () => {
    const copies = new Copies();
    const source = new EncryptedBucket(copies.data, 'Invoices');
    const roles = [SYDNEY, 'eu-west-1'].map((region) => new BucketReplication(copies.data, `In${region}`, { source, destination: newBucketIn(region) }).replicationRole);
    const template = Template.fromStack(copies.data);

    expect(new Set(roles).size).toBe(1);
    template.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: { Rules: [Match.objectLike({ Priority: 1 }), Match.objectLike({ Priority: 2 })] },
    });
    template.resourceCountIs('AWS::IAM::Role', 1);
  });

  test('fail in one Region', () => {
    const copies = new Copies();
    const { source, destination } = { source: new EncryptedBucket(copies.data, 'Invoices'), destination: newBucketIn(SYDNEY) };
    new BucketReplication(copies.data, 'First', { source, destination });

    expect(() => new BucketReplication(copies.data, 'Second', { source, destination })).toThrow(
      `DestinationRegionTwice: copies go to each Region once, given: ${SYDNEY} twice; leave one of the destinations there out [at Data/Second]`);
  });
});

describe('alarms', () => {
  test('one rings in the Region of the source when objects were not replicated', () => {
    const copies = new Copies();
    replicatedBucket(copies.data);

    Template.fromStack(copies.data).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'Objects of Data/Invoices could not be replicated',
      Namespace: 'AWS/S3',
      MetricName: 'OperationsFailedReplication',
      Dimensions: [
        { Name: 'DestinationBucket', Value: output('Bucket') },
        { Name: 'RuleId', Value: 'Data-InvoicesCopies-C9F8AF4D' },
        { Name: 'SourceBucket', Value: { Ref: Match.stringLikeRegexp('^Invoices') } },
      ],
      Statistic: 'Sum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('one rings in the Region of the destination when replicas are too far behind, and refers to nothing of the source', () => {
    const copies = new Copies();
    const { newestCopyAlarm } = replicatedBucket(copies.data, 'Invoices', { maxAge: Duration.hours(2) });
    const there = copies.template(THERE);

    expect(Stack.of(newestCopyAlarm!).stackName).toBe(THERE);
    expect(JSON.stringify(there)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(Object.values(there.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)).toEqual([expect.objectContaining({
      Threshold: 7200,
      ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [expect.objectContaining({
        Period: 300,
        Expression: {
          'Fn::Join': ['', [
            'SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", DestinationBucket, RuleId, SourceBucket) WHERE DestinationBucket = \'',
            { Ref: expect.stringMatching(/^DataInvoicesCopiesBucket/) },
            '\' AND RuleId = \'Data-InvoicesCopies-C9F8AF4D\'',
          ]],
        },
      })],
    })]);
  });

  test('there are none without metrics, and the second one on demand only', () => {
    const { data } = new Copies();

    expect(replicatedBucket(data, 'Silent', { metrics: false })).toMatchObject({ failuresAlarm: undefined, newestCopyAlarm: undefined });
    expect(replicatedBucket(data, 'Heard').newestCopyAlarm).toBeUndefined();
  });
});

describe('existing objects', () => {
  test('are replicated by jobs that somebody starts, with a role that starts replication and reads nothing of the bucket', () => {
    const copies = new Copies();
    const reports = new EncryptedBucket(copies.data, 'Reports');
    const role = replicatedBucket(copies.data).addBatchReplicationRole(reports.bucket);
    const { Resources } = copies.template('Data');
    const [policy] = Object.entries(Resources).filter(([id]) => id.startsWith('InvoicesCopiesBatchRoleDefaultPolicy')).map(([, { Properties }]) => Properties);
    const statements: { Action: string | string[]; Resource: unknown }[] = policy.PolicyDocument.Statement;
    const onSource = statements.filter(({ Resource }) => /"Invoices[0-9A-F]{8}"/.test(JSON.stringify(Resource))).flatMap(({ Action }) => Action);

    expect(Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement[0].Principal))
      .toContainEqual({ Service: 'batchoperations.s3.amazonaws.com' });
    expect(onSource).toEqual(['s3:InitiateReplication', 's3:GetReplicationConfiguration', 's3:PutInventoryConfiguration']);
    expect(statements.filter(({ Resource }) => JSON.stringify(Resource).includes('"Reports')).flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(
      ['s3:GetObject*', 's3:PutObject', 'kms:Decrypt', 'kms:GenerateDataKey']));
    expect(Object.values(Resources).filter(({ Type }) => Type.includes('CustomResource') || Type.startsWith('Custom::'))).toEqual([]);
    expect(role.node.path).toBe('Data/InvoicesCopies/BatchRole');
  });
});

test('what AWS CDK replicates by itself is under a key that was handed to replication', () => {
  const { data } = new Copies();
  const key = new CustomerManagedKey(newStack(data.node.root as App, 'There', { account: ACCOUNT, region: SYDNEY }), 'Key');
  const view = key.via(KmsService.S3_REPLICATION);

  new s3.Bucket(data, 'Plain', { versioned: true, replicationRules: [{ destination: s3.Bucket.fromBucketName(data, 'Replica', 'replica'), kmsKey: view }] });
  expect(problemsAtSynth(key)).toEqual([]);
});
