import { SnapshotsStub } from './snapshots-stub';
import { INDEXED } from '../../../src/copy/snapshot/claims-calls';
import { Definition } from '../state-machine/definition';
import { Item } from '../state-machine/dynamo-expression';
import { DynamoTable } from '../state-machine/dynamo-table';
import { StateError, Stopped } from '../state-machine/state-error';
import { StateMachine } from '../state-machine/state-machine';
import { VirtualClock } from '../state-machine/virtual-clock';

export interface CopiesWorldOptions {
  readonly selecting: Definition;
  readonly copying: Definition;
  readonly clock?: VirtualClock;
  /** Before a call: throws where it fails. */
  readonly before?: (call: string, args: any) => void;
  /** After a call: throws where its answer is lost. */
  readonly after?: (call: string, args: any) => void;
  /** Stops an execution of the machine that copies before it enters a state. */
  readonly stop?: (state: string, transition: number) => boolean;
  /** Whether an event gets lost on its way, or comes twice. */
  readonly deliveries?: (event: 'created' | 'wanted' | 'ended') => number;
  readonly latency?: (call: string) => number;
  /** How late the index of claims is, in milliseconds. */
  readonly lag?: () => number;
  /** Whether an execution may start now: Amazon EventBridge tries again where not. */
  readonly mayStart?: (machine: 'selecting' | 'copying') => boolean;
  readonly limit?: number;
}

const MINUTE = 60_000;
/** How long Amazon EventBridge takes, in milliseconds. */
const DELIVERY = 500;

/** Two Regions, with the state machines of a copy as they are in its templates, and a stub for what they call. */
export class CopiesWorld {
  public readonly clock: VirtualClock;
  public readonly ec2: SnapshotsStub;
  public readonly claims: DynamoTable;
  /** What is in the queues of both Regions. */
  public readonly failed: any[] = [];
  public readonly executionsFailed: any[] = [];
  public readonly selecting: StateMachine;
  public readonly copying: StateMachine;
  private seed = 1;

  constructor(private readonly options: CopiesWorldOptions) {
    this.clock = options.clock ?? new VirtualClock();
    this.claims = new DynamoTable(
      { partitionKey: 'snapshot' }, { byState: { partitionKey: 'state', sortKey: 'since', attributes: INDEXED } }, options.lag && { clock: this.clock, of: options.lag },
    );
    this.ec2 = new SnapshotsStub(this.clock, (detail) => this.deliver('ended', () => this.start(this.copying, { ended: detail })), options.limit);
    const shared = { clock: this.clock, random: () => this.random() };
    this.selecting = new StateMachine(options.selecting, { ...shared, call: (resource, args) => this.call(resource, args, true) });
    this.copying = new StateMachine(options.copying, { ...shared, stop: options.stop, call: (resource, args) => this.call(resource, args, false) });
  }

  /** A snapshot that was made, with its event. */
  public create(...args: Parameters<SnapshotsStub['create']>): string {
    const { SnapshotId } = this.ec2.create(...args);
    this.tellCreated(SnapshotId);
    return SnapshotId;
  }

  public tellCreated(...ids: readonly string[]): void {
    const arns = ids.map((id) => `arn:aws:ec2::eu-west-2:snapshot/${id}`);
    const detail = ids.length === 1
      ? { event: 'createSnapshot', result: 'succeeded', snapshot_id: arns[0] }
      : { event: 'createSnapshots', result: 'succeeded', snapshots: arns.map((arn) => ({ snapshot_id: arn, status: 'completed' })) };
    this.deliver('created', () => this.start(this.selecting, { source: 'aws.ec2', detail }));
  }

  public select(input: object = {}): void {
    this.run(this.selecting, input);
  }

  /** Lets hours pass, with a look at everything in progress every five minutes, and at all snapshots once a day. */
  public async pass(hours: number, { sweeps = true } = {}): Promise<void> {
    const end = this.clock.now + hours * 60 * MINUTE;
    for (let at = this.clock.now + 5 * MINUTE; at <= end; at += 5 * MINUTE) {
      this.clock.at(at, () => this.start(this.copying, { reconcile: true }));
    }
    for (let at = this.clock.now + 1440 * MINUTE; sweeps && at <= end; at += 1440 * MINUTE) {
      this.clock.at(at, () => this.select({ days: 3 }));
    }
    await this.clock.run(end);
  }

  public claim(id: string): Item | undefined {
    return this.claims.items.get(JSON.stringify([{ S: `arn:aws:ec2:eu-west-2::snapshot/${id}` }, undefined]));
  }

  public stateOf(id: string): string | undefined {
    return this.claim(id)?.state.S as string | undefined;
  }

  /** The copies of a snapshot that there are. */
  public copiesOf(id: string): { SnapshotId: string; State: string }[] {
    return [...this.ec2.copies.values()].filter(({ Tags }) => Tags.some(({ Value }) => Value === `arn:aws:ec2:eu-west-2::snapshot/${id}`));
  }

  public run(machine: StateMachine, input: object): void {
    machine.execute(input).catch((error: unknown) => {
      if (!(error instanceof StateError) && !(error instanceof Stopped)) {
        throw error;
      }
      this.executionsFailed.push({ input, error: error.message });
    });
  }

  /** As Amazon EventBridge does it: later and later where it is throttled. */
  protected start(machine: StateMachine, input: object, attempt = 0): void {
    if (this.options.mayStart?.(machine === this.copying ? 'copying' : 'selecting') ?? true) {
      this.run(machine, input);
    } else {
      this.clock.at(this.clock.now + 1000 * Math.min(2 ** attempt, 300) * (0.5 + this.random() / 2), () => this.start(machine, input, attempt + 1));
    }
  }

  protected deliver(event: 'created' | 'wanted' | 'ended', act: () => void): void {
    const times = this.options.deliveries?.(event) ?? 1;
    for (let i = 0; i < times; i++) {
      this.clock.at(this.clock.now + DELIVERY * (1 + i * this.random() * 100), act);
    }
  }

  private async call(resource: string, args: any, inSource: boolean): Promise<unknown> {
    const call = resource.split(':').at(-1)!;
    const latency = this.options.latency?.(call) ?? 20;
    await this.clock.sleep(latency);
    this.options.before?.(call, args);
    const result = this.answer(resource, call, args, inSource);
    this.options.after?.(call, args);
    return result;
  }

  protected answer(resource: string, call: string, args: any, inSource: boolean): unknown {
    switch (call) {
      case 'describeSnapshots': return inSource ? this.ec2.describeSource(args) : this.ec2.describeCopies(args);
      case 'copySnapshot': return this.ec2.copySnapshot(args);
      case 'deleteSnapshot': return this.ec2.deleteSnapshot(args);
      case 'sendMessage': return this.failed.push(JSON.parse(args.MessageBody)) && { MessageId: String(this.failed.length) };
      case 'putEvents':
        args.Entries.forEach(({ Detail }: any) => this.deliver('wanted', () => this.start(this.copying, { wanted: Detail })));
        return { FailedEntryCount: 0, Entries: [] };
      case 'startExecution': return this.run(this.selecting, JSON.parse(args.Input));
      default: return this.claims.call(resource, args);
    }
  }

  /** The same in each run. */
  private random(): number {
    this.seed = (this.seed * 16_807) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}
