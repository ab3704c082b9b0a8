import { isDeepStrictEqual } from 'node:util';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dlm from 'aws-cdk-lib/aws-dlm';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EbsCrossRegionCopyRule } from './ebs-cross-region-copy-rule';
import { EbsSnapshotPolicyProps } from './ebs-snapshot-policy-props';
import { retainedFor } from './ebs-snapshot-retention';
import { failureAlarm, newestCopyAlarm } from './snapshot-policy-alarms';
import { snapshotPolicyRole } from './snapshot-policy-role';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { GRANT_ACTIONS } from '../../key/service-use';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { templateProperties } from '../../private/template-properties';
import { EBS_COPIES } from '../../service/ebs-copies';
import { KmsService } from '../../service/kms-service';
import { assertRegionsOnce, assertSameAccount, Destination } from '../destination';

/** Amazon Data Lifecycle Manager copies a snapshot to no more Regions. */
const MOST_COPIES = 3;

/**
 * Makes snapshots of the volumes or instances with a tag on a schedule, copies each to one to three Regions under a key there, and deletes both in their time.
 *
 * A snapshot policy of Amazon Data Lifecycle Manager, which costs nothing by itself: Amazon EBS bills the snapshots, the copies and the transfer. It makes,
 * copies and deletes with a role of its own, that only the policies of the account and Region assume. That role is let in on the keys of
 * the volumes and of the copies, through Amazon EC2 of both Regions: with all that AWS documents, because no page says which key needs what.
 * Whoever uses the volumes decrypts nothing of the copies.
 *
 * A key that is disabled or deleted, on either side, makes the copies fail. Amazon EC2 makes 20 copies at a time to each Region, of the whole account: more are
 * tried again for 24 hours.
 *
 * Where the policy leaves the app, or is not enabled, what it made and copied stays, and nothing deletes it any longer: delete it by hand.
 * Change the retention or the destinations first where you want less of it. The keys of the copies stay as SnapshotDestination says.
 *
 * @example
 * declare const ledger: EncryptedVolume;
 * Tags.of(ledger).add('backup', 'nightly');
 * new EbsSnapshotPolicy(this, 'Nightly', {
 *   target: EbsSnapshotTarget.volumes('backup', 'nightly'),
 *   volumeKeys: [ledger.encryptionKey],
 *   schedule: EbsSnapshotSchedule.daily('03:00'),
 *   retention: EbsSnapshotRetention.count(7),
 *   copies: [{ destination: SnapshotDestination.inRegion('ap-southeast-2'), retention: Duration.days(30) }],
 *   maxAge: Duration.hours(30),
 * });
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
 */
@propertyInjectable
export class EbsSnapshotPolicy extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EbsSnapshotPolicy';

  /** The policy itself. */
  public readonly policy: dlm.CfnLifecyclePolicy;
  /** The role that it makes, copies and deletes snapshots with. */
  public readonly role: iam.Role;
  /** The stack of each destination, in the order of the copies: what is restored from them belongs into it, or beside it. */
  public readonly destinationStacks: Stack[];
  /** The key of each destination, in the order of the copies. */
  public readonly destinationKeys: ICustomerManagedKey[];
  /** With `maxAge`, the alarm of what failed, and that of each destination; they have no actions yet. */
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: EbsSnapshotPolicyProps) {
    super(scope, id);
    const { target, volumeKeys, schedule, retention, copies, copyTags = true, enabled = true, maxAge } = props;
    this.assertCopies(copies);
    volumeKeys.forEach((key) => assertKeyOfRegion(this, key));
    const destinations = copies.map(({ destination }) => destination._for(this, this));
    assertRegionsOnce(this, destinations);
    destinations.forEach(({ stack }) => assertSameAccount(this, Stack.of(this), stack, 'Amazon Data Lifecycle Manager copies snapshots'));
    const regions = destinations.map(({ stack }) => stack.region);
    this.destinationStacks = destinations.map(({ stack }) => stack);
    this.destinationKeys = destinations.map(({ key }) => key);
    this.role = snapshotPolicyRole(this, target, regions);
    volumeKeys.forEach((key) => this.letIn(key, regions));
    const crossRegionCopyRules = copies.map((copy, i) => this.copyRule(copy, destinations[i]));
    this.policy = new dlm.CfnLifecyclePolicy(this, 'Default', {
      description: `Snapshots of ${this.node.path}`.replace(/[^0-9A-Za-z _-]/g, '-').slice(0, 500),
      state: enabled ? 'ENABLED' : 'DISABLED',
      executionRoleArn: this.role.roleArn,
      policyDetails: {
        policyType: 'EBS_SNAPSHOT_MANAGEMENT',
        resourceTypes: [target._resourceType],
        targetTags: [{ key: target._tagKey, value: target._tagValue }],
        schedules: [{ name: 'Snapshots', createRule: schedule._createRule, retainRule: retention._retainRule, copyTags, crossRegionCopyRules }],
      },
    });
    this.policy.node.addDependency(this.role);
    this.alarms = maxAge ? [failureAlarm(this, this.policy), ...destinations.map((destination) => newestCopyAlarm(this, destination, maxAge))] : [];
    this.node.addValidation({ validate: () => this.encryptionUndone() });
  }

  private assertCopies(copies: readonly EbsCrossRegionCopyRule[]): void {
    if (copies.length < 1 || copies.length > MOST_COPIES) {
      throw new KmsPatternsError('SnapshotCopiesInvalid',
        `Amazon Data Lifecycle Manager copies a snapshot to 1 to ${MOST_COPIES} Regions, given: ${copies.length}; `
        + 'give each Region once, and those beyond to another policy', this);
    }
  }

  /** The role uses a key as AWS documents it for both keys of a copy. */
  private letIn(key: ICustomerManagedKey, otherRegions: string[]): string {
    const view = viaAlsoIn(key, KmsService.EBS_COPIES, otherRegions);
    view.grant(this.role, ...EBS_COPIES.useActions!, ...GRANT_ACTIONS);
    return view.keyArn;
  }

  private copyRule(copy: EbsCrossRegionCopyRule, { stack, key }: Destination): dlm.CfnLifecyclePolicy.CrossRegionCopyRuleProperty {
    const { retention = Duration.days(7), copyTags = true } = copy;
    const cmkArn = this.letIn(key, [Stack.of(this).region]);
    return { target: stack.region, encrypted: true, cmkArn, copyTags, retainRule: retainedFor(retention, this) };
  }

  /** Property injectors, aspects and mixins reach the policy inside. */
  private encryptionUndone(): string[] {
    const rules = (templateProperties(this.policy).PolicyDetails?.Schedules ?? []).flatMap(({ CrossRegionCopyRules = [] }) => CrossRegionCopyRules);
    const written = rules.map(({ Target, Encrypted, CmkArn }: Record<string, unknown>) => [Target, Encrypted, CmkArn]);
    const promised = Stack.of(this).resolve(this.destinationStacks.map(({ region }, i) => [region, true, this.destinationKeys[i].keyArn]));
    return isDeepStrictEqual(written, promised) ? [] : [
      `CopyEncryptionUndone: an aspect, a mixin or an override changed Target, Encrypted or CmkArn of a copy of ${this.policy.node.path}; `
      + 'leave this policy out of it, or give what you want to EbsSnapshotPolicy',
    ];
  }
}
