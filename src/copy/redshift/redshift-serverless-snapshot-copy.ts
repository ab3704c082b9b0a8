import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { RedshiftServerlessSnapshotCopyProps } from './redshift-serverless-snapshot-copy-props';
import { retentionDays } from './retention-days';
import { serverlessCopiesAlarm } from './serverless-copies-alarm';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { templateProperties } from '../../private/template-properties';
import { KmsService } from '../../service/kms-service';
import { assertSameAccount } from '../destination';

/**
 * Copies the snapshots and recovery points of an Amazon Redshift Serverless namespace to another Region, encrypted there under a key of that Region.
 *
 * Each one that is made from then on is copied. Amazon Redshift bills the transfer between Regions and the storage there. The copies are a property of
 * the namespace, changed without interruption; there is no copy grant.
 *
 * Both keys let in Amazon Redshift of both Regions, with the permissions of whoever deploys, and by grants made with them: `deployPermissions()` of each
 * key has them. AWS does not say which of them are needed, and none of this was tried in an account. Who uses the namespace, or the key of the source,
 * decrypts nothing of the copies.
 *
 * CloudFormation restores no namespace: make one there under `destinationKey`, with its workgroup, and restore the copy into it with
 * `aws redshift-serverless restore-from-snapshot`. It names no key: see with `aws redshift-serverless get-namespace` which one the namespace has then.
 *
 * Where the copies leave the app, they stop, and what was copied is kept until its retention ends.
 *
 * @example
 * declare const warehouse: EncryptedRedshiftServerless;
 * new RedshiftServerlessSnapshotCopy(this, 'WarehouseInSydney', {
 *   source: warehouse,
 *   destination: SnapshotDestination.inRegion('ap-southeast-2'),
 *   snapshotRetention: Duration.days(90),
 *   maxAge: Duration.hours(2),
 * });
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-event-notifications-eventbridge.html
 */
@propertyInjectable
export class RedshiftServerlessSnapshotCopy extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.RedshiftServerlessSnapshotCopy';

  /** The Region of the copies. */
  public readonly destinationRegion: string;
  /** The stack there: a namespace to restore into belongs into it, or beside it. */
  public readonly destinationStack: Stack;
  /** The key that the copies are encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** Rings when the newest copy is older than `maxAge`, or cannot be looked for. It is in the Region of the copies, and has no action yet. */
  public readonly newestCopyAlarm?: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: RedshiftServerlessSnapshotCopyProps) {
    super(scope, id);
    const { source, destination, snapshotRetention, maxAge } = props;
    const { namespace } = source;
    const sourceStack = Stack.of(namespace);
    this.assertFirst(namespace);
    const snapshotRetentionPeriod = snapshotRetention && retentionDays(this, 'snapshotRetention', 3653, snapshotRetention);
    const { stack, key } = destination._for(this, namespace);
    assertSameAccount(this, sourceStack, stack, 'Amazon Redshift Serverless copies snapshots');
    this.destinationRegion = stack.region;
    this.destinationStack = stack;
    this.destinationKey = key;
    viaAlsoIn(source.encryptionKey, KmsService.REDSHIFT_SERVERLESS, [stack.region]);
    const { keyArn } = viaAlsoIn(key, KmsService.REDSHIFT_SERVERLESS, [sourceStack.region]);
    namespace.snapshotCopyConfigurations = [{ destinationRegion: stack.region, destinationKmsKeyId: keyArn, snapshotRetentionPeriod }];
    this.newestCopyAlarm = maxAge && serverlessCopiesAlarm(this, { namespace, destination: { stack, key }, maxAge });
    this.node.addValidation({ validate: () => copiesUndone(namespace, stack.region, keyArn) });
  }

  private assertFirst(namespace: redshiftserverless.CfnNamespace): void {
    if (namespace.snapshotCopyConfigurations !== undefined) {
      const [{ DestinationRegion: region }] = templateProperties(namespace).SnapshotCopyConfigurations;
      throw new KmsPatternsError('SnapshotCopyTwice',
        `Amazon Redshift Serverless copies the snapshots of a namespace to one Region, given: another for ${namespace.node.path}, whose snapshots go to `
        + `${region} already; leave one of them out`, this);
    }
  }
}

/** What aspects, mixins and escape hatches changed of the copies, in the words of an error. */
function copiesUndone(namespace: redshiftserverless.CfnNamespace, region: string, keyArn: string): string[] {
  const { SnapshotCopyConfigurations: configurations } = templateProperties(namespace);
  const now = Array.isArray(configurations)
    ? configurations.map(({ DestinationRegion, DestinationKmsKeyId }) => [DestinationRegion, DestinationKmsKeyId]) : undefined;
  return isDeepStrictEqual(now, Stack.of(namespace).resolve([[region, keyArn]])) ? [] : [
    `SnapshotCopyUndone: an aspect, a mixin or an override changed SnapshotCopyConfigurations of ${namespace.node.path}; `
    + 'leave this namespace out of it, or give what you want to RedshiftServerlessSnapshotCopy',
  ];
}
