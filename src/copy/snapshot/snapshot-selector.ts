import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EncryptedMachine } from './encrypted-machine';
import { FailureQueue } from './failure-queue';
import { NOTICE_SOURCE, NOTICE_TYPE, selectorDefinition } from './selector-definition';
import { SelectingKind } from './snapshot-kind';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { acknowledge, inPacks, wildcardsOf } from '../../private/acknowledgement';

/** What a `SnapshotSelector` is made of. */
export interface SnapshotSelectorProps {
  readonly kind: SelectingKind;
  /** Such as `EBS snapshot`. */
  readonly name: string;
  readonly address: string;
  readonly key: ICustomerManagedKey;
  /** The bus in the destination Region. */
  readonly busArn: string;
  /** When all snapshots of the last days are looked at, for events that were lost. */
  readonly sweep?: events.Schedule;
}

/** As far back as a sweep looks, in days. */
const SWEPT_DAYS = 3;

/** What says in the source Region which snapshots are to be copied: a state machine that is started by their events, and a rule that forwards what it says. */
export class SnapshotSelector extends Construct {
  public readonly machine: EncryptedMachine;
  public readonly failures: FailureQueue;
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, private readonly props: SnapshotSelectorProps) {
    super(scope, id);
    const { kind, name, address, key } = props;
    const { partition, region, account } = Stack.of(this);
    const busArn = `arn:${partition}:events:${region}:${account}:event-bus/default`;
    this.failures = new FailureQueue(this, 'Failed', key, `An event of an ${name} was not delivered, for ${scope.node.path}`);
    this.machine = new EncryptedMachine(this, 'Machine', {
      definition: selectorDefinition({ kind, name, partition, busArn, address }),
      key,
      failures: this.failures,
      statements: [
        ...kind.permissions(),
        new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [busArn], conditions: { StringEquals: { 'events:source': NOTICE_SOURCE } } }),
      ],
    });
    this.startItself();
    this.forward();
    this.startMachine();
    this.alarms = [
      this.failures.alarm,
      ...props.sweep ? [this.machine.idleAlarm(Duration.hours(1), 26, `Nothing looked for snapshots to copy for a day, for ${scope.node.path}: see whether its key is enabled`)] : [],
    ];
    acknowledge(this, 'Each policy is for one role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
  }

  /** Distributed maps are executions of the same machine. In a policy of its own, because the machine waits for that of its role. */
  private startItself(): void {
    const { stateMachineArn, stateMachineName } = this.machine.machine;
    const { partition, region, account } = Stack.of(this);
    const executions = `arn:${partition}:states:${region}:${account}:execution:${stateMachineName}`;
    const statements = [
      new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
      new iam.PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [`${executions}:*`, `${executions}/*`] }),
    ];
    const policy = new iam.Policy(this, 'Itself', { roles: [this.machine.role], statements });
    acknowledge(policy, 'Executions are named when they start.', wildcardsOf(this, statements));
  }

  private forward(): void {
    const rule = new events.Rule(this, 'Forward', {
      description: `Snapshots to copy, from ${this.node.path}`,
      eventPattern: { source: [NOTICE_SOURCE], detailType: [NOTICE_TYPE], detail: { copier: [this.props.address] } },
    });
    const bus = events.EventBus.fromEventBusArn(this, 'Destination', this.props.busArn);
    rule.addTarget(new targets.EventBus(bus, { deadLetterQueue: this.failures.queue }));
  }

  private startMachine(): void {
    const { kind, sweep: schedule } = this.props;
    this.machine.startOn(new events.Rule(this, 'Created', { description: `New snapshots, for ${this.node.path}`, eventPattern: kind.created }));
    if (schedule) {
      this.machine.startOn(new events.Rule(this, 'Sweep', { description: `Snapshots whose events were lost, for ${this.node.path}`, schedule }),
        events.RuleTargetInput.fromObject({ days: SWEPT_DAYS }));
    }
  }
}
