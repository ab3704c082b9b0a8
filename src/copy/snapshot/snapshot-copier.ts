import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BY_STATE, ClaimsCalls } from './claims-calls';
import { claimsTable } from './claims-table';
import { copierBoundary } from './copier-boundary';
import { copierDefinition } from './copier-definition';
import { EncryptedMachine } from './encrypted-machine';
import { FailureQueue } from './failure-queue';
import { NOTICE_SOURCE, NOTICE_TYPE } from './selector-definition';
import { CopyingKind } from './snapshot-kind';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';
import { matchedEventsAlarm } from '../matched-events-alarm';
import { NewestCopyAlarm } from '../newest-copy-alarm';

/** What a `SnapshotCopier` is made of. */
export interface SnapshotCopierProps {
  readonly kind: CopyingKind;
  readonly key: ICustomerManagedKey;
  /** What lets the role use the keys of both Regions to copy. */
  readonly keyStatements: iam.PolicyStatement[];
  readonly busName: string;
  readonly copiesAtOnce: number;
  readonly attempts: number;
  readonly retention?: Duration;
  readonly maxAge?: Duration;
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** What copies in the destination Region: a bus, the claims, the state machine with its role, and the queue of what failed. */
export class SnapshotCopier extends Construct {
  public readonly machine: EncryptedMachine;
  public readonly failures: FailureQueue;
  public readonly alarms: cloudwatch.Alarm[];
  private readonly bus: events.EventBus;

  constructor(scope: Construct, id: string, private readonly props: SnapshotCopierProps) {
    super(scope, id);
    const { kind, key, maxAge } = props;
    this.failures = new FailureQueue(this, 'Failed', key, `A copy of an ${kind.name} failed, by ${scope.node.path}`);
    this.bus = new events.EventBus(this, 'Bus', {
      eventBusName: props.busName, kmsKey: key.via(KmsService.EVENT_BUS), deadLetterQueue: this.failures.queue,
    });
    const claims = claimsTable(this, 'Claims', key);
    const statements = () => [...kind.permissions(), ...props.keyStatements.map((statement) => statement.copy()), ...this.ownStatements(claims)];
    this.machine = new EncryptedMachine(this, 'Machine', {
      definition: this.definition(claims), key, failures: this.failures, statements: statements(),
    });
    key.via(KmsService.DYNAMODB).grantDecrypt(this.machine.role);
    key.via(KmsService.SQS).grantEncryptDecrypt(this.machine.role);
    const boundary = props.permissionsBoundary ?? copierBoundary(this, 'Boundary', statements(), key.keyArn);
    iam.PermissionsBoundary.of(this.machine.role).apply(boundary);
    this.startMachine();
    this.alarms = [
      this.failures.alarm,
      this.machine.idleAlarm(Duration.minutes(15), 2, `Nothing looked at the copies of ${scope.node.path} for half an hour: see whether its key is enabled, and backfill what it missed`),
      ...kind.late ? [this.lateAlarm(kind.late)] : [],
      ...maxAge ? [NewestCopyAlarm.ofEvents(this, 'Age', maxAge, kind.finished).alarm] : [],
    ];
  }

  private definition(claims: dynamodb.Table): object {
    const { kind, key, copiesAtOnce: limit, attempts, retention } = this.props;
    const { partition } = Stack.of(this);
    return copierDefinition({
      kind,
      partition,
      claims: new ClaimsCalls(partition, claims.tableName),
      queueUrl: this.failures.queue.queueUrl,
      keyArn: key.keyArn,
      limit,
      attempts,
      retention: retention?.toMilliseconds(),
    });
  }

  private ownStatements(claims: dynamodb.Table): iam.PolicyStatement[] {
    return [
      new iam.PolicyStatement({
        actions: ['DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'].map((action) => `dynamodb:${action}`), resources: [claims.tableArn],
      }),
      new iam.PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${claims.tableArn}/index/${BY_STATE}`] }),
      new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failures.queue.queueArn] }),
    ];
  }

  private lateAlarm(eventPattern: events.EventPattern): cloudwatch.Alarm {
    const { kind: { name } } = this.props;
    const rule = new events.Rule(this, 'Late', { eventPattern, description: `Counts copies that take too long, for ${this.node.path}` });
    return matchedEventsAlarm(rule, 'Alarm', `A copy of an ${name} takes longer than its completion duration, for ${this.node.path}`, rule);
  }

  private startMachine(): void {
    const detail = events.EventField.fromPath('$.detail');
    const { kind } = this.props;
    this.machine.startOn(new events.Rule(this, 'Wanted', {
      eventBus: this.bus, description: `A snapshot to copy, for ${this.node.path}`, eventPattern: { source: [NOTICE_SOURCE], detailType: [NOTICE_TYPE] },
    }), events.RuleTargetInput.fromObject({ wanted: detail }));
    this.machine.startOn(new events.Rule(this, 'Ended', {
      description: `A copy that ended, for ${this.node.path}`, eventPattern: kind.ended,
    }), events.RuleTargetInput.fromObject({ ended: detail }));
    this.machine.startOn(new events.Rule(this, 'Reconciliation', {
      description: `Looks at all copies in progress, for ${this.node.path}`, schedule: events.Schedule.rate(Duration.minutes(5)),
    }), events.RuleTargetInput.fromObject({ reconcile: true }));
  }
}
