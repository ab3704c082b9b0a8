import { Arn, ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { SnapshotCopyProperties } from './handler/snapshot-copy-properties';
import { newestCopyAlarm } from './newest-copy';
import { RedshiftSnapshotCopyFunction } from './redshift-snapshot-copy-function';
import { RedshiftSnapshotCopyProps } from './redshift-snapshot-copy-props';
import { retentionDays, UNTIL_DELETED } from './retention-days';
import { NamedGrant, SnapshotCopyGrant } from './snapshot-copy-grant';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { acknowledge } from '../../private/acknowledgement';
import { HandlerFunction } from '../../private/custom-resource/handler-function';
import { isElsewhere } from '../../private/elsewhere';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { templateProperties } from '../../private/template-properties';
import { KmsService } from '../../service/kms-service';
import { assertSameAccount } from '../destination';

/**
 * Copies the snapshots of an Amazon Redshift cluster to another Region, encrypted there under a key of that Region.
 *
 * Each automated and manual snapshot that is made from then on is copied. Amazon Redshift bills the transfer between Regions and the storage there.
 * It uses the key there by a snapshot copy grant; who uses the cluster, or its key, decrypts nothing of the copies.
 *
 * A function starts the copies, and makes the grant: CloudFormation passes over `DestinationRegion` where it makes a cluster, starts copies with the next
 * update of the cluster only, keeps to the former key where another is given, and has a type for the grant in few Regions.
 * Its role can do so for this cluster and this grant, and nothing else.
 *
 * While its snapshots are copied, a cluster takes no other key of its own, and no other name: take the copies out of the app before, and put them back
 * afterwards. Where they leave the app, they stop, and what was copied is kept until its retention ends. It can be restored as long as the key there is:
 * where that stays in the app for other copies, give it `via(KmsService.REDSHIFT)` until then.
 *
 * @example
 * declare const warehouse: EncryptedRedshiftCluster;
 * new RedshiftSnapshotCopy(this, 'WarehouseInSydney', {
 *   source: warehouse,
 *   destination: SnapshotDestination.inRegion('ap-southeast-2'),
 *   manualSnapshotRetention: Duration.days(90),
 * });
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/xregioncopy-kms-encrypted-snapshot.html
 */
@propertyInjectable
export class RedshiftSnapshotCopy extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.RedshiftSnapshotCopy';

  /** The Region of the copies. */
  public readonly destinationRegion: string;
  /** The stack there: what is restored from the copies belongs into it, or beside it. */
  public readonly destinationStack: Stack;
  /** The key that the copies are encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** The name of the snapshot copy grant there. */
  public readonly snapshotCopyGrantName: string;
  /** Rings when the newest copy is older than `maxAge`, or cannot be looked for. It is in the Region of the cluster, and has no action yet. */
  public readonly newestCopyAlarm?: cloudwatch.Alarm;

  private readonly cluster: redshift.CfnCluster;

  constructor(scope: Construct, id: string, props: RedshiftSnapshotCopyProps) {
    super(scope, id);
    const { source, destination, grant = SnapshotCopyGrant.byFunction(), automatedSnapshotRetention, manualSnapshotRetention, maxAge } = props;
    this.cluster = source.cluster;
    this.assertBeside();
    this.assertFirst();
    const automated = retentionDays(this, 'automatedSnapshotRetention', 35, automatedSnapshotRetention ?? Duration.days(7));
    const manual = manualSnapshotRetention ? retentionDays(this, 'manualSnapshotRetention', 3653, manualSnapshotRetention) : UNTIL_DELETED;
    const { stack, key } = destination._for(this, this);
    assertSameAccount(this, Stack.of(this), stack, 'Amazon Redshift copies snapshots');
    this.destinationRegion = stack.region;
    this.destinationStack = stack;
    this.destinationKey = key;
    const handed = viaAlsoIn(key, KmsService.REDSHIFT, []);
    const named = grant._for(this, { stack, key: handed });
    this.snapshotCopyGrantName = named.name;
    const handler = new HandlerFunction(this, RedshiftSnapshotCopyFunction, 'Copies the snapshots of a cluster to another Region',
      'The log names clusters, grants and keys, and holds no secret.');
    this.letStart(handler.role);
    this.letGrant(handler.role, handed, named);
    const properties: SnapshotCopyProperties = {
      ClusterIdentifier: this.cluster.ref,
      DestinationRegion: stack.region,
      DestinationKeyArn: handed.keyArn,
      GrantName: named.name,
      MakesGrant: named.madeWithCopies ? 'true' : 'false',
      AutomatedSnapshotRetentionPeriod: `${automated}`,
      ManualSnapshotRetentionPeriod: `${manual}`,
    };
    const copies = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::RedshiftSnapshotCopy',
      serviceToken: handler.serviceToken,
      serviceTimeout: handler.serviceTimeout,
      properties: { ...properties },
    });
    // The policy of the role comes before the copies, and goes after them.
    copies.node.addDependency(handler.role);
    this.newestCopyAlarm = maxAge && newestCopyAlarm(this, handler, maxAge, { cluster: this.cluster, destinationRegion: stack.region });
    this.node.addValidation({ validate: () => this.copiedByCloudFormation() });
  }

  /** The function starts copies where it runs. */
  private assertBeside(): void {
    const [here, there] = [Stack.of(this), Stack.of(this.cluster)];
    if (isElsewhere(here, there)) {
      throw new KmsPatternsError('CopyElsewhere',
        `copies are started in the account and Region of their cluster, given: ${here.node.path} in ${here.account} and ${here.region}, for ${this.cluster.node.path} in `
        + `${there.account} and ${there.region}; make the RedshiftSnapshotCopy in the stack of the cluster`, this);
    }
  }

  private assertFirst(): void {
    const other = this.node.root.node.findAll().find((candidate): candidate is RedshiftSnapshotCopy =>
      candidate !== this && candidate instanceof RedshiftSnapshotCopy && candidate.cluster === this.cluster);
    if (other) {
      throw new KmsPatternsError('SnapshotCopyTwice',
        `Amazon Redshift copies the snapshots of a cluster to one Region, given: another for ${this.cluster.node.path}, whose snapshots go to `
        + `${other.destinationRegion} already; leave one of them out`, this);
    }
  }

  private letStart(role: iam.Role): void {
    const stack = Stack.of(this.cluster);
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['redshift:DisableSnapshotCopy', 'redshift:EnableSnapshotCopy', 'redshift:ModifySnapshotCopyRetentionPeriod'],
      resources: [Arn.format({ service: 'redshift', resource: 'cluster', resourceName: this.cluster.ref, arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack)],
    }));
    role.addToPolicy(new iam.PolicyStatement({
      // These know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html
      actions: ['redshift:DescribeClusters', 'redshift:DescribeSnapshotCopyGrants'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': [stack.region, this.destinationRegion].sort() } },
    }));
    acknowledge(role, 'Amazon Redshift takes no resource for these two, which read.', ['AwsSolutions-IAM5[Resource::*]']);
  }

  private letGrant(role: iam.Role, key: kms.IKey, { name, madeWithCopies }: NamedGrant): void {
    if (!madeWithCopies) {
      return;
    }
    const { account, partition } = Stack.of(this);
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['redshift:CreateSnapshotCopyGrant', 'redshift:DeleteSnapshotCopyGrant'],
      resources: [`arn:${partition}:redshift:${this.destinationRegion}:${account}:snapshotcopygrant:${name}`],
    }));
    key.grant(role, 'kms:CreateGrant', ...KmsService.REDSHIFT.facts.useActions!);
    role.addToPolicy(new iam.PolicyStatement({
      // The grant of AWS KMS goes with the one of Amazon Redshift.
      actions: ['kms:RetireGrant', 'kms:RevokeGrant'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `redshift.${this.destinationRegion}.amazonaws.com` } },
    }));
  }

  /** Two would start and stop the same copies. */
  private copiedByCloudFormation(): string[] {
    const set = ['DestinationRegion', 'SnapshotCopyGrantName'].filter((property) => templateProperties(this.cluster)[property] !== undefined);
    return set.length === 0 ? [] : [
      `SnapshotCopyTwice: an aspect, a mixin or an override set ${set.join(' and ')} of ${this.cluster.node.path}, whose snapshots RedshiftSnapshotCopy copies already; `
      + 'leave this cluster out of it, or give what you want to RedshiftSnapshotCopy',
    ];
  }
}
