import { Answers, keyArn } from './fake-surroundings';
import { OPERATIONS } from './operations';
import { DESTINATION, ROLE, run, SCRIPTS, ZONE } from './scripted-run';

test.each(Object.keys(SCRIPTS).filter((name) => name !== 'rds-copy' && name !== 'serverless-copy'))('%s is done to its end', async (name) => {
  const { result } = await run(name, SCRIPTS[name]);

  expect(result.failure).toBeUndefined();
  expect(result.left).toEqual([]);
});

test('rds-copy is done to its end: the replicated backups outlive the instance, and are deleted', async () => {
  let backups = [{ DBInstanceIdentifier: 'kms-probe-test-rds-copy', DBInstanceAutomatedBackupsArn: 'arn:backups', Status: 'replicating' }];
  const { result, surroundings } = await run('rds-copy', {
    ...SCRIPTS['rds-copy'],
    'rds.DescribeDBInstanceAutomatedBackups': (_, region) => ({ DBInstanceAutomatedBackups: region === DESTINATION ? backups : [] }),
    'rds.DeleteDBInstanceAutomatedBackup': () => {
      backups = [];
    },
  });

  expect(result.failure).toBeUndefined();
  expect(surroundings.callsOf('rds.DeleteDBInstanceAutomatedBackup').map(({ region, input }) => [region, input])).toEqual(
    [[DESTINATION, { DBInstanceAutomatedBackupsArn: 'arn:backups' }]]);
});

test.each([
  ['backup-copy', 'backup.CreateBackupVault'],
  ['dlm-copy', 'dlm.CreateLifecyclePolicy'],
  ['rds-copy', 'rds.CopyDBSnapshot'],
  ['rds-copy', 'rds.StartDBInstanceAutomatedBackupsReplication'],
  ['redshift-copy', 'redshift.CreateSnapshotCopyGrant'],
  ['serverless-copy', 'redshiftServerless.CreateSnapshotCopyConfiguration'],
  ['s3-batch', 's3.PutBucketReplication'],
  ['s3-replication', 's3.PutBucketReplication'],
])('%s: %s names the key of the destination', async (name, call) => {
  const { surroundings } = await run(name, { 'rds.DescribeDBInstanceAutomatedBackups': () => ({}), ...SCRIPTS[name] });

  expect(JSON.stringify(surroundings.callsOf(call).map(({ input }) => input))).toContain(keyArn(DESTINATION));
});

test.each([
  ['ebs-copy', {
    ...ZONE,
    'ec2.CreateVolume': () => ({ VolumeId: 'vol' }),
    'ec2.DescribeVolumes': ({ VolumeIds }: any) => VolumeIds ? { Volumes: [{ State: 'available' }] } : {},
    'ec2.CreateSnapshot': () => ({ SnapshotId: 'snap' }),
    'ec2.DescribeSnapshots': ({ SnapshotIds }: any) => SnapshotIds ? { Snapshots: [{ State: 'error', StateMessage: 'Given key ID is not accessible' }] } : {},
  },
  'snap in eu-west-2: Given key ID is not accessible'],
  ['dlm-copy', { ...SCRIPTS['dlm-copy'], 'ec2.DescribeSnapshots': ({ Filters }: any) => Filters[0].Values[0].endsWith('*') ? {} : { Snapshots: [{ State: 'error', StateMessage: 'no key' }] } },
    'The copy failed: no key'],
  ['backup-copy', { ...SCRIPTS['backup-copy'], 'backup.DescribeCopyJob': () => ({ CopyJob: { State: 'FAILED', StatusMessage: 'no key' } }) }, 'The copy job ended as FAILED: no key'],
  ['cache', {
    'elastiCache.DescribeReplicationGroups': ({ ReplicationGroupId }: any) => ReplicationGroupId ? { ReplicationGroups: [{ Status: 'create-failed' }] } : {},
  },
  'The replication group kms-probe-test-cache was not made'],
  ['delivery-stream', {
    ...ROLE,
    'firehose.DescribeDeliveryStream': () => ({
      DeliveryStreamDescription: {
        DeliveryStreamStatus: 'ACTIVE', DeliveryStreamEncryptionConfiguration: { Status: 'ENABLING_FAILED', FailureDescription: { Details: 'no grant' } },
      },
    }),
  },
  'The stream was not made: no grant'],
  ['function', {
    'cloudFormation.DescribeStacks': ({ StackName }: any) => StackName ? { Stacks: [{ StackStatus: 'ROLLBACK_IN_PROGRESS' }] } : {},
    'cloudFormation.DescribeStackEvents': () => ({
      StackEvents: [{ ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: 'cancelled' }, { ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: 'no key' }],
    }),
  },
  'The stack was not made: no key'],
  ['function', { ...SCRIPTS.function, 'lambda.Invoke': () => ({ FunctionError: 'Unhandled', Payload: { transformToString: () => 'no environment' } }) },
    'kms-probe-test-function failed: no environment'],
  ['redshift-copy', { ...SCRIPTS['redshift-copy'], 'redshiftData.DescribeStatement': () => ({ Status: 'FAILED', Error: 'no key' }) }, 'The statement ended as FAILED: no key'],
  ['serverless-copy', { ...SCRIPTS['serverless-copy'], 'redshiftServerless.GetSnapshot': () => ({ snapshot: { status: 'FAILED' } }) }, 'The snapshot ended as FAILED'],
  ['s3-batch', { ...SCRIPTS['s3-batch'], 's3Control.DescribeJob': () => ({ Job: { Status: 'Failed', FailureReasons: [{ FailureReason: 'no role' }] } }) },
    'The job ended as Failed, 0 of 0 tasks failed: no role'],
  ['s3-batch', { ...SCRIPTS['s3-batch'], 's3Control.DescribeJob': () => ({ Job: { Status: 'Complete', ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksFailed: 1 } } }) },
    'The job ended as Complete, 1 of 1 tasks failed: no reason given'],
  ['spot-group', {
    ...SCRIPTS['spot-group'],
    'autoScaling.DescribeAutoScalingGroups': () => ({}),
    'autoScaling.DescribeScalingActivities': () => ({ Activities: [{ StatusCode: 'Failed', StatusMessage: 'Client.InvalidKMSKey.InvalidState' }] }),
  },
  'The instance was not launched: Client.InvalidKMSKey.InvalidState'],
  ['s3-replication', { ...ROLE, 's3.HeadObject': () => ({ ReplicationStatus: 'FAILED' }) }, 'The object was not replicated'],
] as [string, Answers, string][])('%s tells a failure that comes later than the call', async (name, answers, failure) => {
  expect((await run(name, answers)).result.failure).toBe(failure);
});

test.each([['redshift-copy', { ClusterIdentifier: 'kms-probe-test-redshift-copy' }], ['serverless-copy', { WorkgroupName: 'kms-probe-test-serverless-copy' }]])(
  '%s: the Data API is asked with the managed secret, and for the result', async (name, queried) => {
    const { surroundings } = await run(name, SCRIPTS[name]);

    expect(surroundings.callsOf('redshiftData.ExecuteStatement').map(({ input }) => input)).toEqual([{ ...queried, SecretArn: 'arn:secret', Database: 'dev', Sql: 'select 1' }]);
    expect(surroundings.callsOf('redshiftData.GetStatementResult').map(({ input }) => input)).toEqual([{ Id: 'statement' }]);
  });

test('the name of each operation is short enough for the names that it gives', () => {
  expect(OPERATIONS.filter(({ name }) => name.length > 15 || !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length);
});
