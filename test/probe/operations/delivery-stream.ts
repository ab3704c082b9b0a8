import {
  CreateDeliveryStreamCommand, DeleteDeliveryStreamCommand, DescribeDeliveryStreamCommand, ListDeliveryStreamsCommand, PutRecordCommand,
} from '@aws-sdk/client-firehose';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, Sandbox, tagsOf } from '../operation';
import { cleanProbeBuckets, makeProbeBucket } from '../probe-bucket';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** A stream, encrypted as its bucket is, and a record that it delivers. */
export const DELIVERY_STREAM: Operation = {
  name: 'delivery-stream',
  services: [KmsService.FIREHOSE, KmsService.S3],
  makes: 'an Amazon Data Firehose stream with one record, an Amazon S3 bucket, a role',
  dollars: 0.05,
  minutes: 50,

  async make(sandbox) {
    const { name: DeliveryStreamName, source, until } = sandbox;
    const { firehose, s3 } = source.aws;
    const RoleARN = await makeProbeRole(sandbox, { service: 'firehose.amazonaws.com', actions: ['s3:*'] });
    const Bucket = await makeProbeBucket(sandbox, source);
    await stream(sandbox, Bucket, RoleARN);
    await until('the stream is active and encrypted', 15, async () => {
      const { DeliveryStreamDescription: made } = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
      const { Status, FailureDescription } = made!.DeliveryStreamEncryptionConfiguration!;
      if (made!.DeliveryStreamStatus === 'CREATING_FAILED' || Status === 'ENABLING_FAILED') {
        throw new Error(`The stream was not made: ${(made!.FailureDescription ?? FailureDescription)?.Details}`);
      }
      return made!.DeliveryStreamStatus === 'ACTIVE' && Status === 'ENABLED';
    });
    await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from('probe') } }));
    await until('the record is delivered', 15, async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      return Contents.length > 0;
    });
  },

  async clean(place, sweep) {
    const { prefix, source: { firehose, region } } = place;
    await sweep.each(`delivery stream in ${region}`, () => everyPage(async (ExclusiveStartDeliveryStreamName) => {
      const page = await firehose.send(new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName }));
      const { DeliveryStreamNames: names = [] } = page;
      return [names.filter((name) => name.startsWith(prefix)), page.HasMoreDeliveryStreams ? names.at(-1) : undefined];
    }),
    (name) => name, (DeliveryStreamName) => firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName, AllowForceDelete: true })));
    await cleanProbeBuckets(place, sweep);
    await cleanProbeRoles(place, sweep);
  },
};

/** IAM is consistent later only: the role may not be known yet. */
async function stream({ name, partition, source: { aws: { firehose }, key }, until }: Sandbox, bucket: string, RoleARN: string): Promise<void> {
  await until('the role is known', 5, async () => {
    try {
      await firehose.send(new CreateDeliveryStreamCommand({
        DeliveryStreamName: name,
        DeliveryStreamType: 'DirectPut',
        DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key },
        ExtendedS3DestinationConfiguration: {
          RoleARN, BucketARN: `arn:${partition}:s3:::${bucket}`, BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 1 },
        },
        Tags: tagsOf(name),
      }));
      return true;
    } catch (error) {
      const { name: kind, message } = error as Error;
      if (kind === 'InvalidArgumentException' && /assume role|security token/i.test(message)) {
        return false;
      }
      throw error;
    }
  });
}
