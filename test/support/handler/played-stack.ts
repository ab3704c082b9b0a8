import { randomUUID } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { format } from 'node:util';
import { CustomResourceEvent, InvocationContext } from '../../../src/private/custom-resource/custom-resource-event';

/** What CloudFormation was told. */
export interface Told {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly RequestId: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly NoEcho?: boolean;
  readonly Data?: unknown;
}

type Handle<P> = (event: CustomResourceEvent<P>, context: InvocationContext) => Promise<void>;

const CONSOLE = ['debug', 'error', 'info', 'log', 'warn'] as const;

/** Plays what CloudFormation does with one custom resource, in the order in which it does it. */
export class PlayedStack<P> {
  public static async start<T>(handle: Handle<T>): Promise<PlayedStack<T>> {
    const stack = new PlayedStack<T>(handle);
    await new Promise<void>((resolve) => stack.server.listen(0, '127.0.0.1', resolve));
    return stack;
  }

  public readonly stackId = `arn:aws:cloudformation:eu-west-2:123456789012:stack/Billing/${randomUUID()}`;
  public readonly told: Told[] = [];
  public readonly events: CustomResourceEvent<P>[] = [];
  /** Every line that was logged, and the text of every answer and error. */
  public readonly output: string[] = [];
  public physicalId?: string;
  public logicalId = 'Token';
  /** The time that the function has, in milliseconds. */
  public time = 60_000;
  /** How many answers are refused. */
  public deaf = 0;
  private properties?: P;
  private readonly server: Server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk) => body += chunk).on('end', () => {
      const refused = this.deaf-- > 0;
      this.output.push(body);
      if (!refused) {
        this.told.push(JSON.parse(body));
      }
      outgoing.writeHead(refused ? 503 : incoming.headers['content-type'] ? 403 : 200).end();
    });
  });

  private constructor(private readonly handle: Handle<P>) {}

  /** A creation that fails is followed by a deletion. */
  public async create(properties: P): Promise<Told> {
    const told = await this.send({ RequestType: 'Create', ResourceProperties: properties });
    if (told.Status === 'FAILED') {
      await this.send({ RequestType: 'Delete', PhysicalResourceId: told.PhysicalResourceId, ResourceProperties: properties });
    } else {
      this.settle(told, properties);
    }
    return told;
  }

  /**
   * What fails is rolled back, and so is what succeeds where something else of the stack fails. What a rollback, or an update, replaced
   * is deleted afterwards.
   */
  public async update(properties: P, elsewhere: 'succeeds' | 'fails' = 'succeeds'): Promise<Told> {
    const [old, before] = [this.properties!, this.physicalId!];
    const told = await this.send({ RequestType: 'Update', PhysicalResourceId: before, ResourceProperties: properties, OldResourceProperties: old });
    if (told.Status === 'SUCCESS' && elsewhere === 'succeeds') {
      this.settle(told, properties);
      await this.cleanUp(told.PhysicalResourceId, before, old);
      return told;
    }
    const rollback = await this.send({
      RequestType: 'Update', PhysicalResourceId: told.PhysicalResourceId, ResourceProperties: old, OldResourceProperties: properties,
    });
    this.settle(rollback, old);
    await this.cleanUp(rollback.PhysicalResourceId, told.PhysicalResourceId, properties);
    return told;
  }

  public async delete(): Promise<Told> {
    return this.send({ RequestType: 'Delete', PhysicalResourceId: this.physicalId, ResourceProperties: this.properties! });
  }

  /** A request alone, whatever CloudFormation would do after it. */
  public async request(RequestType: CustomResourceEvent<P>['RequestType'], ResourceProperties: P, OldResourceProperties?: P): Promise<Told> {
    const PhysicalResourceId = RequestType === 'Create' ? undefined : this.told[0].PhysicalResourceId;
    return this.send({ RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties });
  }

  /** The last event once more, as AWS Lambda may deliver it. */
  public async repeat(event: CustomResourceEvent<P> = this.events[this.events.length - 1]): Promise<Told> {
    return this.deliver(event);
  }

  /** An event, answered or not. */
  public async deliver(event: CustomResourceEvent<P>): Promise<Told> {
    this.events.push(event);
    this.output.push(JSON.stringify(event));
    const spies = CONSOLE.map((method) => jest.spyOn(console, method).mockImplementation((...line) => void this.output.push(format(...line))));
    try {
      await this.handle(event, { getRemainingTimeInMillis: () => this.time });
    } catch (error) {
      this.output.push(format(error));
      throw error;
    } finally {
      spies.forEach((spy) => spy.mockRestore());
    }
    return this.told[this.told.length - 1];
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async send(event: Pick<CustomResourceEvent<P>, 'RequestType' | 'ResourceProperties' | 'PhysicalResourceId' | 'OldResourceProperties'>) {
    const { port } = this.server.address() as AddressInfo;
    return this.deliver({
      ...event, RequestId: randomUUID(), ResponseURL: `http://127.0.0.1:${port}/`, StackId: this.stackId, LogicalResourceId: this.logicalId,
    });
  }

  private settle(told: Told, properties: P): void {
    this.physicalId = told.PhysicalResourceId;
    this.properties = properties;
  }

  private async cleanUp(kept: string, replaced: string, properties: P): Promise<void> {
    if (kept !== replaced) {
      await this.send({ RequestType: 'Delete', PhysicalResourceId: replaced, ResourceProperties: properties });
    }
  }
}
