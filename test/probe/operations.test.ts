import { Answers, FakeSurroundings, keyArn } from './fake-surroundings';
import { operationRun } from './operation-run';
import { OPERATIONS } from './operations';

const [SOURCE, DESTINATION] = ['eu-west-2', 'ap-southeast-2'];
const role = { 'iam.CreateRole': () => ({ Role: { Arn: 'arn:role' } }) };
const zone = { 'ec2.DescribeAvailabilityZones': (_: unknown, region: string) => ({ AvailabilityZones: [{ ZoneName: `${region}a` }] }) };

const STATEMENT: Answers = {
  'redshiftData.ExecuteStatement': () => ({ Id: 'statement' }),
  'redshiftData.DescribeStatement': () => ({ Status: 'FINISHED' }),
};

/** What no local endpoint does, with answers of the documented form. */
const SCRIPTS: Readonly<Record<string, Answers>> = {
  'activity': {
    ...role,
    'sfn.CreateActivity': () => ({ activityArn: 'arn:activity' }),
    'sfn.CreateStateMachine': () => ({ stateMachineArn: 'arn:machine' }),
    'sfn.StartExecution': () => ({ executionArn: 'arn:execution' }),
    'sfn.GetActivityTask': () => ({ taskToken: 'token' }),
    'sfn.DescribeExecution': () => ({ status: 'SUCCEEDED' }),
  },
  'backup-copy': {
    ...role,
    'efs.CreateFileSystem': () => ({ FileSystemArn: 'arn:fs' }),
    'efs.DescribeFileSystems': ({ CreationToken }) => CreationToken ? { FileSystems: [{ LifeCycleState: 'available' }] } : {},
    'backup.CreateBackupVault': ({ BackupVaultName }, region) => ({ BackupVaultName, BackupVaultArn: `arn:vault:${region}` }),
    'backup.StartBackupJob': () => ({ BackupJobId: 'job' }),
    'backup.DescribeBackupJob': () => ({ State: 'COMPLETED', RecoveryPointArn: 'arn:point' }),
    'backup.StartCopyJob': () => ({ CopyJobId: 'job' }),
    'backup.DescribeCopyJob': () => ({ CopyJob: { State: 'COMPLETED' } }),
  },
  'dlm-copy': {
    ...role,
    ...zone,
    'ec2.DescribeSnapshots': ({ Filters }) => Filters[0].Values[0].endsWith('*') ? {} : { Snapshots: [{ State: 'completed' }] },
  },
  'rds-copy': {
    'rds.CreateDBInstance': () => ({ DBInstance: { DBInstanceArn: 'arn:db' } }),
    'rds.DescribeDBInstances': ({ DBInstanceIdentifier }) => DBInstanceIdentifier ? { DBInstances: [{ DBInstanceStatus: 'available' }] } : {},
    'rds.CreateDBSnapshot': () => ({ DBSnapshot: { DBSnapshotArn: 'arn:snapshot' } }),
    'rds.DescribeDBSnapshots': ({ DBSnapshotIdentifier }) => DBSnapshotIdentifier ? { DBSnapshots: [{ Status: 'available' }] } : {},
  },
  'redshift-copy': {
    'redshift.DescribeClusters': ({ ClusterIdentifier }) => ClusterIdentifier ? { Clusters: [{ ClusterStatus: 'available', MasterPasswordSecretArn: 'arn:secret' }] } : {},
    'redshift.DescribeClusterSnapshots': ({ ClusterIdentifier }) => ClusterIdentifier ? { Snapshots: [{ Status: 'available' }] } : {},
    ...STATEMENT,
  },
  'serverless-copy': {
    'redshiftServerless.GetNamespace': () => ({ namespace: { status: 'AVAILABLE', adminPasswordSecretArn: 'arn:secret' } }),
    'redshiftServerless.GetWorkgroup': () => ({ workgroup: { status: 'AVAILABLE' } }),
    'redshiftServerless.GetSnapshot': () => ({ snapshot: { status: 'AVAILABLE' } }),
    ...STATEMENT,
  },
  's3-batch': {
    ...role,
    's3Control.CreateJob': () => ({ JobId: 'job' }),
    's3Control.DescribeJob': () => ({ Job: { Status: 'Complete', ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksFailed: 0 } } }),
    's3.HeadObject': () => ({ ReplicationStatus: 'COMPLETED' }),
  },
  's3-replication': { ...role, 's3.HeadObject': () => ({ ReplicationStatus: 'COMPLETED' }) },
};

async function run(name: string, answers: Answers) {
  const surroundings = new FakeSurroundings(answers);
  const [source, destination] = [SOURCE, DESTINATION].map(surroundings.clients);
  const place = { source, destination, account: '111122223333', partition: 'aws', narrow: false, until: surroundings.now() + 1e9 };
  return { surroundings, result: await operationRun(OPERATIONS.find((operation) => operation.name === name)!, place, surroundings) };
}

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
    ...zone,
    'ec2.CreateVolume': () => ({ VolumeId: 'vol' }),
    'ec2.DescribeVolumes': ({ VolumeIds }: any) => VolumeIds ? { Volumes: [{ State: 'available' }] } : {},
    'ec2.CreateSnapshot': () => ({ SnapshotId: 'snap' }),
    'ec2.DescribeSnapshots': ({ SnapshotIds }: any) => SnapshotIds ? { Snapshots: [{ State: 'error', StateMessage: 'Given key ID is not accessible' }] } : {},
  },
  'snap in eu-west-2: Given key ID is not accessible'],
  ['dlm-copy', { ...SCRIPTS['dlm-copy'], 'ec2.DescribeSnapshots': ({ Filters }: any) => Filters[0].Values[0].endsWith('*') ? {} : { Snapshots: [{ State: 'error', StateMessage: 'no key' }] } },
    'The copy failed: no key'],
  ['backup-copy', { ...SCRIPTS['backup-copy'], 'backup.DescribeCopyJob': () => ({ CopyJob: { State: 'FAILED', StatusMessage: 'no key' } }) }, 'The copy job ended as FAILED: no key'],
  ['redshift-copy', { ...SCRIPTS['redshift-copy'], 'redshiftData.DescribeStatement': () => ({ Status: 'FAILED', Error: 'no key' }) }, 'The statement ended as FAILED: no key'],
  ['serverless-copy', { ...SCRIPTS['serverless-copy'], 'redshiftServerless.GetSnapshot': () => ({ snapshot: { status: 'FAILED' } }) }, 'The snapshot ended as FAILED'],
  ['s3-batch', { ...SCRIPTS['s3-batch'], 's3Control.DescribeJob': () => ({ Job: { Status: 'Failed', FailureReasons: [{ FailureReason: 'no role' }] } }) },
    'The job ended as Failed, 0 of 0 tasks failed: no role'],
  ['s3-batch', { ...SCRIPTS['s3-batch'], 's3Control.DescribeJob': () => ({ Job: { Status: 'Complete', ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksFailed: 1 } } }) },
    'The job ended as Complete, 1 of 1 tasks failed: no reason given'],
  ['s3-replication', { ...role, 's3.HeadObject': () => ({ ReplicationStatus: 'FAILED' }) }, 'The object was not replicated'],
] as [string, Answers, string][])('%s tells a failure that comes later than the call', async (name, answers, failure) => {
  expect((await run(name, answers)).result.failure).toBe(failure);
});

test.each([['redshift-copy', { ClusterIdentifier: 'kms-probe-test-redshift-copy' }], ['serverless-copy', { WorkgroupName: 'kms-probe-test-serverless-copy' }]])(
  '%s: the Data API is asked with the managed secret, and for the result', async (name, queried) => {
    const { surroundings } = await run(name, SCRIPTS[name]);

    expect(surroundings.callsOf('redshiftData.ExecuteStatement').map(({ input }) => input)).toEqual([{ ...queried, SecretArn: 'arn:secret', Database: 'dev', Sql: 'select 1' }]);
    expect(surroundings.callsOf('redshiftData.GetStatementResult').map(({ input }) => input)).toEqual([{ Id: 'statement' }]);
  });

describe('serverless-copy', () => {
  const NAME = 'kms-probe-test-serverless-copy';

  test('is done to its end: it notes what is listed in the other Region, and deletes its own there too', async () => {
    const lists: Record<string, { snapshotName: string; namespaceName?: string; namespaceArn?: string; status: string }[]> = {
      [SOURCE]: [{ snapshotName: NAME, namespaceName: NAME, status: 'AVAILABLE' }, { snapshotName: 'nightly', namespaceName: 'shop', status: 'AVAILABLE' }],
      [DESTINATION]: [{ snapshotName: `copy-${NAME}`, namespaceArn: 'arn:namespace', status: 'AVAILABLE' }],
    };
    const owned = { workgroup: [NAME, 'shop'], namespace: [NAME, 'shop'], configuration: [NAME, 'shop'] };
    const forget = (of: 'workgroup' | 'namespace' | 'configuration') => (input: any) => {
      owned[of] = owned[of].filter((each) => !Object.values(input).includes(each));
    };
    const { result } = await run('serverless-copy', {
      ...SCRIPTS['serverless-copy'],
      'redshiftServerless.ListSnapshots': (_, region) => ({ snapshots: lists[region] }),
      'redshiftServerless.DeleteSnapshot': ({ snapshotName }, region) => {
        lists[region] = lists[region].filter((snapshot) => snapshot.snapshotName !== snapshotName);
      },
      'redshiftServerless.ListRecoveryPoints': () => ({ recoveryPoints: [{ recoveryPointId: 'of shop', namespaceName: 'shop' }] }),
      'redshiftServerless.ListWorkgroups': () => ({ workgroups: owned.workgroup.map((workgroupName) => ({ workgroupName })) }),
      'redshiftServerless.DeleteWorkgroup': forget('workgroup'),
      'redshiftServerless.ListNamespaces': () => ({ namespaces: owned.namespace.map((namespaceName) => ({ namespaceName })) }),
      'redshiftServerless.DeleteNamespace': (input) => {
        if (owned.workgroup.includes(NAME)) {
          throw Object.assign(new Error('it has a workgroup'), { name: 'ConflictException' });
        }
        forget('namespace')(input);
      },
      'redshiftServerless.ListSnapshotCopyConfigurations': () => ({
        snapshotCopyConfigurations: owned.configuration.map((namespaceName) => ({ namespaceName, snapshotCopyConfigurationId: namespaceName })),
      }),
      'redshiftServerless.DeleteSnapshotCopyConfiguration': forget('configuration'),
    });

    expect(result).toMatchObject({
      left: [],
      notes: [
        'the secret of the namespace is arn:secret',
        `ListSnapshots in ${DESTINATION} has copy-${NAME} of arn:namespace`,
        `ListRecoveryPoints in ${DESTINATION} has nothing`,
      ],
    });
    expect(result.failure).toBeUndefined();
    expect(owned).toEqual({ workgroup: ['shop'], namespace: ['shop'], configuration: ['shop'] });
    expect(Object.values(lists).flat().map(({ snapshotName }) => snapshotName)).toEqual(['nightly']);
  });

  test('notes that no copy is listed, where it gives up', async () => {
    const { result } = await run('serverless-copy', SCRIPTS['serverless-copy']);

    expect(result.failure).toBe(`gave up waiting until ListSnapshots in ${DESTINATION} has the copy`);
    expect(result.notes).toContain(`ListSnapshots in ${DESTINATION} has nothing`);
  });
});

test('s3-batch: the job has a role of its own, takes what was there before, and is cancelled by its description alone while it is not ended', async () => {
  let jobs = [{ JobId: 'ours', Description: 'kms-probe-test-s3-batch' }, { JobId: 'of somebody else', Description: 'nightly' }];
  const { result, surroundings } = await run('s3-batch', {
    ...SCRIPTS['s3-batch'],
    'iam.CreateRole': ({ RoleName }) => ({ Role: { Arn: `arn:${RoleName}` } }),
    's3Control.DescribeJob': () => ({ Job: { Status: 'Preparing' } }),
    's3Control.ListJobs': () => ({ Jobs: jobs }),
    's3Control.UpdateJobStatus': ({ JobId }) => {
      jobs = jobs.filter((job) => job.JobId !== JobId);
    },
  });
  const calls = surroundings.calls.map(({ call }) => call);

  expect(result).toMatchObject({ failure: 'gave up waiting until the job is complete', left: [] });
  expect(surroundings.callsOf('s3Control.UpdateJobStatus').map(({ input }) => input)).toEqual([{ AccountId: '111122223333', JobId: 'ours', RequestedJobStatus: 'Cancelled' }]);
  expect(calls.indexOf('s3.PutObject')).toBeLessThan(calls.indexOf('s3.PutBucketReplication'));
  expect(surroundings.callsOf('s3Control.CreateJob')[0].input.RoleArn).toBe('arn:kms-probe-test-s3-batch-job');
  expect(surroundings.callsOf('s3.PutBucketReplication')[0].input.ReplicationConfiguration.Role).toBe('arn:kms-probe-test-s3-batch');
});

test('the name of each operation is short enough for the names that it gives', () => {
  expect(OPERATIONS.filter(({ name }) => name.length > 15 || !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length);
});
