import { Answers, FakeSurroundings } from './fake-surroundings';
import { operationRun } from './operation-run';
import { OPERATIONS } from './operations';

export const [SOURCE, DESTINATION] = ['eu-west-2', 'ap-southeast-2'];
export const ROLE = { 'iam.CreateRole': () => ({ Role: { Arn: 'arn:role' } }) };
export const ZONE = { 'ec2.DescribeAvailabilityZones': (_: unknown, region: string) => ({ AvailabilityZones: [{ ZoneName: `${region}a` }] }) };

const STATEMENT: Answers = {
  'redshiftData.ExecuteStatement': () => ({ Id: 'statement' }),
  'redshiftData.DescribeStatement': () => ({ Status: 'FINISHED' }),
};

/** What no local endpoint does, with answers of the documented form. */
export const SCRIPTS: Readonly<Record<string, Answers>> = {
  'activity': {
    ...ROLE,
    'sfn.CreateActivity': () => ({ activityArn: 'arn:activity' }),
    'sfn.CreateStateMachine': () => ({ stateMachineArn: 'arn:machine' }),
    'sfn.StartExecution': () => ({ executionArn: 'arn:execution' }),
    'sfn.GetActivityTask': () => ({ taskToken: 'token' }),
    'sfn.DescribeExecution': () => ({ status: 'SUCCEEDED' }),
  },
  'backup-copy': {
    ...ROLE,
    'efs.CreateFileSystem': () => ({ FileSystemArn: 'arn:fs' }),
    'efs.DescribeFileSystems': ({ CreationToken }) => CreationToken ? { FileSystems: [{ LifeCycleState: 'available' }] } : {},
    'backup.CreateBackupVault': ({ BackupVaultName }, region) => ({ BackupVaultName, BackupVaultArn: `arn:vault:${region}` }),
    'backup.StartBackupJob': () => ({ BackupJobId: 'job' }),
    'backup.DescribeBackupJob': () => ({ State: 'COMPLETED', RecoveryPointArn: 'arn:point' }),
    'backup.StartCopyJob': () => ({ CopyJobId: 'job' }),
    'backup.DescribeCopyJob': () => ({ CopyJob: { State: 'COMPLETED' } }),
  },
  'dlm-copy': {
    ...ROLE,
    ...ZONE,
    'ec2.DescribeSnapshots': ({ Filters }) => Filters[0].Values[0].endsWith('*') ? {} : { Snapshots: [{ State: 'completed' }] },
  },
  'cache': {
    'elastiCache.DescribeReplicationGroups': ({ ReplicationGroupId }) => ReplicationGroupId ? { ReplicationGroups: [{ Status: 'available' }] } : {},
  },
  'delivery-stream': {
    ...ROLE,
    'firehose.DescribeDeliveryStream': () => ({
      DeliveryStreamDescription: { DeliveryStreamStatus: 'ACTIVE', DeliveryStreamEncryptionConfiguration: { Status: 'ENABLED' } },
    }),
    's3.ListObjectsV2': () => ({ Contents: [{ Key: 'probe' }] }),
  },
  'domain': { 'openSearch.DescribeDomain': () => ({ DomainStatus: { Created: true, Processing: false } }) },
  'function': {
    'cloudFormation.DescribeStacks': ({ StackName }) => StackName ? { Stacks: [{ StackStatus: 'CREATE_COMPLETE' }] } : {},
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
    ...ROLE,
    's3Control.CreateJob': () => ({ JobId: 'job' }),
    's3Control.DescribeJob': () => ({ Job: { Status: 'Complete', ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksFailed: 0 } } }),
    's3.HeadObject': () => ({ ReplicationStatus: 'COMPLETED' }),
  },
  'spot-group': {
    'ssm.GetParameter': () => ({ Parameter: { Value: 'ami' } }),
    'ec2.DescribeImages': () => ({ Images: [{ RootDeviceName: '/dev/root' }] }),
    'ec2.DescribeSubnets': () => ({ Subnets: [{ SubnetId: 'subnet-a' }, { SubnetId: 'subnet-b' }] }),
    'autoScaling.DescribeAutoScalingGroups': ({ AutoScalingGroupNames }) => AutoScalingGroupNames ? { AutoScalingGroups: [{ Instances: [{ LifecycleState: 'InService' }] }] } : {},
  },
  's3-replication': { ...ROLE, 's3.HeadObject': () => ({ ReplicationStatus: 'COMPLETED' }) },
};

/** An operation, done once and deleted again in a world that answers so. */
export async function run(name: string, answers: Answers) {
  const surroundings = new FakeSurroundings(answers);
  const [source, destination] = [SOURCE, DESTINATION].map(surroundings.clients);
  const place = { source, destination, account: '111122223333', partition: 'aws', narrow: false, until: surroundings.now() + 1e9 };
  return { surroundings, result: await operationRun(OPERATIONS.find((operation) => operation.name === name)!, place, surroundings) };
}
