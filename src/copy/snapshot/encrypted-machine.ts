import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { FailureQueue } from './failure-queue';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { acknowledge, inPacks, wildcardsOf } from '../../private/acknowledgement';
import { KmsService } from '../../service/kms-service';
import { nothingCounted } from '../nothing-counted';

/** What an `EncryptedMachine` is made of. */
export interface EncryptedMachineProps {
  readonly definition: object;
  readonly key: ICustomerManagedKey;
  /** @default - nothing is told of executions that do not end well */
  readonly failures?: FailureQueue;
  /** What its role may do, beside what AWS Step Functions needs. */
  readonly statements: iam.PolicyStatement[];
}

/** A state machine whose definition, executions and logs are under a key, and whose failed executions are told of in a queue, where there is one. */
export class EncryptedMachine extends Construct {
  public readonly role: iam.Role;
  public readonly machine: sfn.StateMachine;
  private readonly failures?: FailureQueue;

  constructor(scope: Construct, id: string, { definition, key, failures, statements }: EncryptedMachineProps) {
    super(scope, id);
    this.failures = failures;
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }),
    });
    statements.forEach((statement) => this.role.addToPolicy(statement));
    const machineKey = key.via(KmsService.STEP_FUNCTIONS);
    this.machine = new sfn.StateMachine(this, 'Default', {
      role: this.role,
      definitionBody: sfn.DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(machineKey, Duration.minutes(15)),
      logs: { destination: this.logGroup(key), level: sfn.LogLevel.ALL },
      tracingEnabled: true,
    });
    machineKey.grantEncryptDecrypt(this.role);
    machineKey.grantDecrypt(new iam.ServicePrincipal('delivery.logs.amazonaws.com'));
    if (failures) {
      this.tellFailures(failures);
    }
    acknowledge(this, 'Each policy is for one role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
    acknowledge(this.role, 'Traces, the delivery of logs and descriptions belong to no resource.', ['AwsSolutions-IAM5[Resource::*]']);
    acknowledge(this.role, 'Snapshots and keys are known at run time only; conditions narrow them.', wildcardsOf(this, statements));
  }

  /** Starts an execution for each event, with what is kept of it. */
  public startOn(rule: events.Rule, input?: events.RuleTargetInput): void {
    rule.addTarget(new targets.SfnStateMachine(this.machine, { input, deadLetterQueue: this.failures?.queue, retryAttempts: 185 }));
  }

  /** An alarm when no execution ended well for so long: of a disabled key, nothing else could tell. */
  public idleAlarm(period: Duration, periods: number, alarmDescription: string): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'Idle', { alarmDescription, ...nothingCounted(this.machine.metricSucceeded({ statistic: 'Sum', period }), periods) });
  }

  private logGroup(key: ICustomerManagedKey): logs.LogGroup {
    return new logs.LogGroup(this, 'Log', {
      encryptionKey: key.via(KmsService.CLOUDWATCH_LOGS), retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private tellFailures({ queue }: FailureQueue): void {
    const rule = new events.Rule(this, 'Stopped', {
      description: `Tells of executions of ${this.node.path} that did not end well`,
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.machine.stateMachineArn], status: ['ABORTED', 'FAILED', 'TIMED_OUT'] },
      },
    });
    rule.addTarget(new targets.SqsQueue(queue));
  }
}
