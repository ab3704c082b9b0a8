import { Duration, Names, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { assertCopyProps } from './assert-copy-props';
import { copyKeyStatements } from './copy-key-statements';
import { SnapshotCopier } from './snapshot-copier';
import { CopyingKind, CopyRoute, SelectingKind } from './snapshot-kind';
import { SnapshotSelector } from './snapshot-selector';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { outermost } from '../../private/outermost-stack';
import { KmsService } from '../../service/kms-service';
import { assertSameAccount } from '../destination';
import { inDestination } from '../in-destination';
import { SnapshotCopyProps } from '../snapshot-copy-props';

/** One kind of snapshot, on both sides. */
export interface SnapshotKind {
  /** Which service copies. */
  readonly service: KmsService;
  /** Such as `Amazon EBS copies snapshots`. */
  readonly sentence: string;
  copying(route: CopyRoute): CopyingKind;
  selecting(route: CopyRoute): SelectingKind;
}

/** Copies of snapshots by events: what says which there are in the source Region, and what copies in the destination Region. */
export class SnapshotCopies extends Construct {
  public readonly destinationStack: Stack;
  public readonly destinationKey: ICustomerManagedKey;
  public readonly sourceKey: ICustomerManagedKey;
  public readonly copier: SnapshotCopier;
  public readonly selector: SnapshotSelector;
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, kind: SnapshotKind, props: SnapshotCopyProps) {
    super(scope, id);
    assertCopyProps(scope, props);
    const source = Stack.of(this);
    const { stack, key } = props.destination._for(scope, scope);
    assertSameAccount(scope, source, stack, kind.sentence);
    this.destinationStack = stack;
    this.destinationKey = key;
    this.sourceKey = props.sourceKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts what selects snapshots to copy, by ${scope.node.path}` });
    const address = Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' });
    const { partition, account } = source;
    const route = { partition, account, sourceRegion: outermost(source).region, destinationRegion: stack.region, address };
    const copying = kind.copying(route);
    this.copier = new SnapshotCopier(inDestination(scope, stack), 'Copier', {
      kind: copying,
      key,
      keyStatements: this.keyStatements(kind, route, props),
      busName: address,
      copiesAtOnce: props.copiesAtOnce ?? 20,
      attempts: props.attempts ?? 3,
      retention: props.retention,
      maxAge: props.maxAge,
      permissionsBoundary: props.permissionsBoundary,
    });
    this.selector = new SnapshotSelector(this, 'Selector', {
      kind: kind.selecting(route),
      name: copying.name,
      address,
      key: this.sourceKey,
      busArn: `arn:${route.partition}:events:${route.destinationRegion}:${route.account}:event-bus/${address}`,
      sweep: props.sweep ?? true ? events.Schedule.rate(Duration.days(1)) : undefined,
    });
    this.alarms = [...this.selector.alarms, ...this.copier.alarms];
  }

  private keyStatements(
    kind: SnapshotKind, { sourceRegion, destinationRegion }: CopyRoute, { sourceKeys }: SnapshotCopyProps,
  ): iam.PolicyStatement[] {
    const scope = this.node.scope!;
    const source = outermost(Stack.of(this));
    const { keyArn } = viaAlsoIn(this.destinationKey, kind.service, [sourceRegion]);
    const regions = [sourceRegion, destinationRegion];
    const named = sourceKeys._named(scope, { source, destinationRegion, service: kind.service });
    return copyKeyStatements({ service: kind.service, regions, source, keyArn, named });
  }
}
