import { setTimeout as delay } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, type ExecutionListItem, type ExecutionStatus, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { HERE, STACK, THERE } from './copies-app';
import { type Aws } from '../aws';
import { type DeployedApp } from '../deployed-app';

const SECONDS_AT_WORK = 30;

/** What is known of a snapshot, in the table of claims. */
export interface Claim {
  readonly state?: string;
  readonly copy?: string;
}

/** A construct that copies, as it is deployed: events go in, and what it knows and tells of comes out. */
export class DeployedCopy {
  /** What it is known by, in the tags of its copies too. */
  public readonly address: string;
  private readonly machines: readonly { readonly aws: Aws; readonly arn: string }[];
  private readonly table: string;
  private readonly queues: readonly { readonly aws: Aws; readonly url: string }[];

  constructor(app: DeployedApp, id: string) {
    const [here, there] = [app.aws(HERE), app.aws(THERE)];
    const [selector, copier] = [`${STACK}/${id}/Selector`, `${STACK}-copies-${THERE}/${STACK}-${id}/Copier`];
    const of = (path: string): string => app.find(path).physicalId!;
    this.machines = [{ aws: here, arn: of(`${selector}/Machine`) }, { aws: there, arn: of(`${copier}/Machine`) }];
    this.queues = [{ aws: here, url: of(`${selector}/Failed`) }, { aws: there, url: of(`${copier}/Failed`) }];
    this.table = of(`${copier}/Claims`);
    this.address = of(`${copier}/Bus`);
  }

  /** An event of an AWS service: with it, its executions, and those that they begin, have come to their end. */
  public async tell(region: string, source: string, detailType: string, detail: object): Promise<void> {
    const { aws } = this.in(region);
    const event = { Source: source, DetailType: detailType, Detail: JSON.stringify(detail) };
    const { FailedEntryCount, Entries } = await aws.events.send(new PutEventsCommand({ Entries: [event] }));
    if (FailedEntryCount) {
      throw new Error(`Amazon EventBridge takes no event of ${source}: ${Entries?.[0].ErrorMessage}`);
    }
    await this.rest();
  }

  /** Starts the state machine of a Region, and waits as for an event. */
  public async start(region: string, input: object): Promise<void> {
    const { aws, arn } = this.in(region);
    await aws.stepFunctions.send(new StartExecutionCommand({ stateMachineArn: arn, input: JSON.stringify(input) }));
    await this.rest();
  }

  /** All claims, by the last part of the ARN of the snapshot. */
  public async claims(): Promise<Record<string, Claim>> {
    const { Items = [] } = await this.in(THERE).aws.dynamoDb.send(new ScanCommand({ TableName: this.table }));
    return Object.fromEntries(Items.map(({ snapshot, state, copy }) => [snapshot.S!.split(/[/:]/).pop()!, { state: state.S, copy: copy?.S }]));
  }

  /** What is in the queues of both Regions since it was asked the last time. */
  public async failures(): Promise<any[]> {
    const received = this.queues.map(async ({ aws, url }) => {
      const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }));
      return Messages.map(({ Body }) => JSON.parse(Body!));
    });
    return (await Promise.all(received)).flat();
  }

  /** An execution ends only when what it told of was delivered, so at some moment none is left. */
  private async rest(): Promise<void> {
    for (const deadline = Date.now() + SECONDS_AT_WORK * 1000; Date.now() < deadline; await delay(100)) {
      const running = await Promise.all(this.machines.map(({ aws, arn }) => executions(aws, arn, 'RUNNING')));
      if (running.flat().length === 0) {
        await this.assertNoneFailed();
        return;
      }
    }
    throw new Error(`The state machines of ${this.address} are still at work after ${SECONDS_AT_WORK} seconds.`);
  }

  private async assertNoneFailed(): Promise<void> {
    for (const { aws, arn } of this.machines) {
      for (const { executionArn } of await executions(aws, arn, 'FAILED')) {
        const { input, error, cause } = await aws.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
        throw new Error(`An execution of ${arn} failed with ${error}: ${cause}. It began with ${input}.`);
      }
    }
  }

  private in(region: string): { readonly aws: Aws; readonly arn: string } {
    return this.machines.find(({ aws }) => aws.region === region)!;
  }
}

async function executions(aws: Aws, stateMachineArn: string, statusFilter: ExecutionStatus): Promise<ExecutionListItem[]> {
  return (await aws.stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }))).executions ?? [];
}
