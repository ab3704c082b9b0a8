import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EbsSnapshotTarget } from './ebs-snapshot-target';
import { acknowledge, inPacks, wildcardsOf } from '../../private/acknowledgement';

/** Amazon EC2 describes all or nothing. */
const DESCRIBE = [
  'ec2:DescribeAvailabilityZones', 'ec2:DescribeFastSnapshotRestores', 'ec2:DescribeInstances', 'ec2:DescribeSnapshotAttribute', 'ec2:DescribeSnapshots',
  'ec2:DescribeSnapshotTierStatus', 'ec2:DescribeVolumes',
];

/**
 * The role of a snapshot policy: what AWSDataLifecycleManagerServiceRole allows, without fast snapshot restore, sharing, archiving and event policies,
 * in the Regions of the policy.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html
 */
export function snapshotPolicyRole(scope: Construct, { _resourceType: resourceType }: EbsSnapshotTarget, copiedTo: readonly string[]): iam.Role {
  const { partition, region, account } = Stack.of(scope);
  const role = new iam.Role(scope, 'Role', {
    description: `Makes, copies and deletes the snapshots of ${scope.node.path}`,
    assumedBy: new iam.ServicePrincipal('dlm.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        // The id of the policy is known after it was made, with this role.
        ArnLike: { 'aws:SourceArn': `arn:${partition}:dlm:${region}:${account}:policy/*` },
      },
    }),
  });
  const snapshotsIn = (where: string) => `arn:${partition}:ec2:${where}::snapshot/*`;
  const everySnapshot = [region, ...copiedTo].map(snapshotsIn);
  const own = (type: string) => `arn:${partition}:ec2:${region}:${account}:${type}/*`;
  const [create, of] = resourceType === 'VOLUME' ? ['ec2:CreateSnapshot', ['volume']] : ['ec2:CreateSnapshots', ['instance', 'volume']];
  const statements = [
    { sid: 'Describe', actions: DESCRIBE, resources: ['*'] },
    { sid: 'MakeSnapshots', actions: [create], resources: [...of.map(own), snapshotsIn(region)] },
    { sid: 'CopyTagAndDeleteSnapshots', actions: ['ec2:CopySnapshot', 'ec2:CreateTags', 'ec2:DeleteSnapshot'], resources: everySnapshot },
  ].map((statement) => new iam.PolicyStatement(statement));
  statements.forEach((statement) => role.addToPrincipalPolicy(statement));
  acknowledge(role, 'Amazon EC2 describes all or nothing, and the ids of volumes, instances and snapshots are known when the policy runs.', wildcardsOf(role, statements));
  acknowledge(role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
  return role;
}
