import { run, SCRIPTS } from '../scripted-run';

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
