import { CreateLifecyclePolicyCommand, DeleteLifecyclePolicyCommand, GetLifecyclePoliciesCommand } from '@aws-sdk/client-dlm';
import { CreateVolumeCommand, DescribeAvailabilityZonesCommand, DescribeSnapshotsCommand } from '@aws-sdk/client-ec2';
import { EBS_COPY } from './ebs-copy';
import { KmsService } from '../../../src';
import { Operation, TAG, tagsOf } from '../operation';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** A snapshot that Amazon Data Lifecycle Manager makes and copies, within an hour of its time. */
export const DLM_COPY: Operation = {
  name: 'dlm-copy',
  services: [KmsService.EBS, KmsService.EBS_COPIES],
  makes: 'a policy of Amazon Data Lifecycle Manager, a role, an Amazon EBS volume of 1 GiB, a snapshot and its copy',
  dollars: 0.1,
  minutes: 150,

  async make(sandbox) {
    const { name, source, destination, until } = sandbox;
    const ExecutionRoleArn = await makeProbeRole(sandbox, { service: 'dlm.amazonaws.com', managedPolicy: 'service-role/AWSDataLifecycleManagerServiceRole' });
    const { AvailabilityZones } = await source.aws.ec2.send(new DescribeAvailabilityZonesCommand({}));
    await source.aws.ec2.send(new CreateVolumeCommand({
      AvailabilityZone: AvailabilityZones![0].ZoneName,
      Size: 1,
      VolumeType: 'gp3',
      Encrypted: true,
      KmsKeyId: source.key,
      TagSpecifications: [{ ResourceType: 'volume', Tags: tagsOf(name) }],
    }));
    const soon = new Date(Date.now() + 10 * 60_000);
    await source.aws.dlm.send(new CreateLifecyclePolicyCommand({
      Description: name,
      State: 'ENABLED',
      ExecutionRoleArn,
      Tags: { [TAG]: name },
      PolicyDetails: {
        ResourceTypes: ['VOLUME'],
        TargetTags: tagsOf(name),
        Schedules: [{
          Name: 'probe',
          CreateRule: { CronExpression: `cron(${soon.getUTCMinutes()} ${soon.getUTCHours()} * * ? *)` },
          RetainRule: { Count: 1 },
          CopyTags: true,
          CrossRegionCopyRules: [{
            TargetRegion: destination.region, Encrypted: true, CmkArn: destination.key, CopyTags: true, RetainRule: { Interval: 1, IntervalUnit: 'DAYS' },
          }],
        }],
      },
    }));
    await until('a copy is completed', 120, async () => {
      const { Snapshots = [] } = await destination.aws.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters: [{ Name: `tag:${TAG}`, Values: [name] }] }));
      const failed = Snapshots.find(({ State }) => State === 'error');
      if (failed) {
        throw new Error(`The copy failed: ${failed.StateMessage}`);
      }
      return Snapshots.some(({ State }) => State === 'completed');
    });
  },

  async clean(place, sweep) {
    const { dlm, region } = place.source;
    await sweep.each(`lifecycle policy in ${region}`,
      async () => (await dlm.send(new GetLifecyclePoliciesCommand({}))).Policies?.filter(({ Tags }) => Tags?.[TAG]?.startsWith(place.prefix)),
      ({ PolicyId }) => PolicyId, ({ PolicyId }) => dlm.send(new DeleteLifecyclePolicyCommand({ PolicyId })));
    await EBS_COPY.clean(place, sweep);
    await cleanProbeRoles(place, sweep);
  },
};
