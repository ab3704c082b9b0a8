import { setTimeout as delay } from 'node:timers/promises';
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
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
  /** Executions that failed as they must. */
  private readonly inVain: string[] = [];
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
    await this.execute(region, input);
    await this.rest();
  }

  /** The same for an execution that must fail. */
  public async startInVain(region: string, input: object): Promise<void> {
    this.inVain.push(await this.execute(region, input));
    await this.rest();
  }

  /** All claims, by the last part of the ARN of the snapshot. */
  public async claims(): Promise<Record<string, Claim>> {
    const { Items = [] } = await this.in(THERE).aws.dynamoDb.send(new ScanCommand({ TableName: this.table }));
    return Object.fromEntries(Items.map(({ snapshot, state, copy }) => [snapshot.S!.split(/[/:]/).pop()!, { state: state.S, copy: copy?.S }]));
  }

  /** Takes the record of a copy out of a claim, as if the execution that made it had been stopped before. */
  public async forgetCopy(snapshot: string, state: 'COPYING' | 'WANTED'): Promise<void> {
    await this.update(snapshot, 'SET #state = :text REMOVE #copy', state, { '#state': 'state', '#copy': 'copy' });
  }

  /** Lets days pass, for a claim: those of a copy in progress since it was begun, those of a finished one since its snapshot was made. */
  public async age(snapshot: string, days: number): Promise<void> {
    await this.update(snapshot, 'SET since = :text', new Date(Date.now() - days * 86_400_000).toISOString());
  }

  /** What is in the queues of both Regions since it was asked the last time. */
  public async failures(): Promise<any[]> {
    const received = this.queues.map(async ({ aws, url }) => {
      const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }));
      return Messages.map(({ Body }) => JSON.parse(Body!));
    });
    return (await Promise.all(received)).flat();
  }

  private async update(snapshot: string, UpdateExpression: string, text: string, ExpressionAttributeNames?: Record<string, string>): Promise<void> {
    await this.in(THERE).aws.dynamoDb.send(new UpdateItemCommand({
      TableName: this.table, Key: { snapshot: { S: snapshot } }, UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues: { ':text': { S: text } },
    }));
  }

  private async execute(region: string, input: object): Promise<string> {
    const { aws, arn } = this.in(region);
    const { executionArn } = await aws.stepFunctions.send(new StartExecutionCommand({ stateMachineArn: arn, input: JSON.stringify(input) }));
    return executionArn!;
  }

  private async rest(): Promise<void> {
    for (const deadline = Date.now() + SECONDS_AT_WORK * 1000; await this.isAtWork(); await delay(100)) {
      if (Date.now() > deadline) {
        throw new Error(`The state machines of ${this.address} are still at work after ${SECONDS_AT_WORK} seconds.`);
      }
    }
    for (const { aws, arn } of this.machines) {
      await this.assertNoneFailed(aws, arn);
    }
  }

  /** Where an execution in the source Region has ended, what it begins in the other one has begun. */
  private async isAtWork(): Promise<boolean> {
    const [here, there] = this.machines;
    return (await executions(here.aws, here.arn, 'RUNNING')).length > 0 || (await executions(there.aws, there.arn, 'RUNNING')).length > 0;
  }

  private async assertNoneFailed(aws: Aws, arn: string): Promise<void> {
    const failed = (await executions(aws, arn, 'FAILED')).find(({ executionArn }) => !this.inVain.includes(executionArn!));
    if (failed) {
      const { input, error, cause } = await aws.stepFunctions.send(new DescribeExecutionCommand({ executionArn: failed.executionArn }));
      throw new Error(`An execution of ${arn} failed with ${error}: ${cause}. It began with ${input}.`);
    }
  }

  private in(region: string): { readonly aws: Aws; readonly arn: string } {
    return this.machines.find(({ aws }) => aws.region === region)!;
  }
}

async function executions(aws: Aws, stateMachineArn: string, statusFilter: ExecutionStatus): Promise<ExecutionListItem[]> {
  return (await aws.stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }))).executions ?? [];
}
