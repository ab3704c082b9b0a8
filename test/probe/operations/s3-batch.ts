import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateJobCommand, DescribeJobCommand, ListJobsCommand, UpdateJobStatusCommand } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { replicateTo, untilReplicated } from './s3-replication';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, tagsOf } from '../operation';
import { cleanProbeBuckets, makeProbeBucket } from '../probe-bucket';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** An object that was in the bucket before its replication, by a job with a role of its own: the principal tells which role used a key. */
export const S3_BATCH: Operation = {
  name: 's3-batch',
  services: [KmsService.S3, KmsService.S3_REPLICATION],
  makes: 'an Amazon S3 bucket in each Region, an object, a Batch Replication job (listed for 90 days) with its replica, and two roles',
  dollars: 0.4,
  minutes: 120,

  async make(sandbox) {
    const { name, account: AccountId, partition, source, destination, until } = sandbox;
    const { s3, s3Control } = source.aws;
    const Role = await makeProbeRole(sandbox, { service: 's3.amazonaws.com', actions: ['s3:*'] });
    const RoleArn = await makeProbeRole({ ...sandbox, name: `${name}-job` }, { service: 'batchoperations.s3.amazonaws.com', actions: ['s3:*'] });
    const [Bucket, replica] = [await makeProbeBucket(sandbox, source), await makeProbeBucket(sandbox, destination)];
    await s3.send(new PutObjectCommand({ Bucket, Key: 'probe', Body: 'probe' }));
    await replicateTo(sandbox, { Bucket, replica, Role });
    const { JobId } = await s3Control.send(new CreateJobCommand({
      AccountId,
      ClientRequestToken: name,
      Description: name,
      Tags: tagsOf(name),
      RoleArn,
      Priority: 1,
      ConfirmationRequired: false,
      Operation: { S3ReplicateObject: {} },
      Report: { Enabled: false },
      ManifestGenerator: {
        S3JobManifestGenerator: {
          SourceBucket: `arn:${partition}:s3:::${Bucket}`, ExpectedBucketOwner: AccountId, EnableManifestOutput: false, Filter: { EligibleForReplication: true },
        },
      },
    }));
    await until('the job is complete', 60, async () => {
      const { Job } = await s3Control.send(new DescribeJobCommand({ AccountId, JobId }));
      const { TotalNumberOfTasks = 0, NumberOfTasksFailed = 0 } = Job?.ProgressSummary ?? {};
      const ended = Job?.Status === 'Complete';
      if (Job?.Status === 'Failed' || (ended && (TotalNumberOfTasks === 0 || NumberOfTasksFailed > 0))) {
        const reasons = Job.FailureReasons?.map(({ FailureReason }) => FailureReason).join(', ');
        throw new Error(`The job ended as ${Job.Status}, ${NumberOfTasksFailed} of ${TotalNumberOfTasks} tasks failed: ${reasons || 'no reason given'}`);
      }
      return ended;
    });
    await untilReplicated(sandbox, Bucket, 25);
  },

  async clean(place, sweep) {
    const { sts, s3Control, region } = place.source;
    await sweep.each(`S3 job in ${region}`, async () => {
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      const jobs = await everyPage(async (NextToken) => {
        const page = await s3Control.send(new ListJobsCommand({
          AccountId: Account, JobStatuses: ['Active', 'New', 'Paused', 'Pausing', 'Preparing', 'Ready', 'Suspended'], NextToken,
        }));
        return [page.Jobs?.filter(({ Description }) => Description?.startsWith(place.prefix)), page.NextToken];
      });
      return jobs.map(({ JobId }) => ({ AccountId: Account, JobId }));
    },
    ({ JobId }) => JobId, (job) => s3Control.send(new UpdateJobStatusCommand({ ...job, RequestedJobStatus: 'Cancelled' })));
    await cleanProbeBuckets(place, sweep);
    await cleanProbeRoles(place, sweep);
  },
};
