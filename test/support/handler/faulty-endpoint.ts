import { createServer, IncomingMessage, request, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** An answer of AWS as it was recorded: what an endpoint lacks, or does not refuse. */
export interface RecordedAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a local endpoint lacks, in the shape that was recorded or that AWS documents: an answer of its own, or one that follows from that of the endpoint. */
export interface Supplement {
  readonly instead?: (body: string) => RecordedAnswer | undefined;
  readonly after?: (answer: RecordedAnswer) => unknown;
}

/** What happens to a call instead of, or after, reaching the endpoint. */
type Fault = RecordedAnswer | 'dies before' | 'dies after' | 'breaks off' | 'hangs';

/** A call, as the endpoint gets it. */
export interface Call {
  readonly operation: string;
  readonly body: string;
}

/** Stands between the SDK and a local AWS endpoint on loopback, and makes calls fail as AWS may. */
export class FaultyEndpoint {
  public static async start(port: number): Promise<FaultyEndpoint> {
    const endpoint = new FaultyEndpoint(port);
    await new Promise<void>((resolve) => endpoint.server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  public readonly calls: Call[] = [];
  private readonly faults: { readonly operation: string; readonly fault: Fault; left: number; spared: number }[] = [];
  private readonly supplements = new Map<string, Supplement>();
  private callsLeft = Infinity;
  private readonly server: Server = createServer((incoming, outgoing) => void this.pass(incoming, outgoing));

  private constructor(private readonly port: number) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The operations that were called, in order. */
  public get operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  /** The next calls of an operation, such as `PutParameter`, fail, or those after some that are spared. */
  public fail(operation: string, fault: Fault, times = 1, spared = 0): void {
    this.faults.push({ operation, fault, left: times, spared });
  }

  /** Supplements an operation that the endpoint lacks. */
  public supplement(operation: string, supplement: Supplement): void {
    this.supplements.set(operation, supplement);
  }

  /** After some more calls, none does anything: as if the function had ended there. */
  public cutAfter(calls: number): void {
    this.callsLeft = calls;
  }

  public forget(): void {
    this.calls.length = 0;
    this.faults.length = 0;
    this.callsLeft = Infinity;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const operation = operationOf(incoming, body);
    this.calls.push({ operation, body });
    if (this.callsLeft-- <= 0) {
      const error = 'x-amz-target' in incoming.headers ? '{"__type":"Cut","message":"Cut"}' : '<Response><Errors><Error><Code>Cut</Code></Error></Errors></Response>';
      outgoing.writeHead(400).end(error);
      return;
    }
    const fault = this.faultOf(operation);
    if (fault === 'hangs') {
      return;
    }
    if (fault === 'dies before') {
      incoming.socket.destroy();
    } else if (typeof fault === 'object') {
      outgoing.writeHead(fault.status, { 'content-type': fault.type }).end(fault.body);
    } else {
      const answer = await this.answerOf(operation, incoming, body);
      if (fault === 'dies after') {
        incoming.socket.destroy();
      } else {
        outgoing.writeHead(answer.status, { 'content-type': answer.type }).end(fault === 'breaks off' ? answer.body.slice(0, -12) : answer.body);
      }
    }
  }

  private faultOf(operation: string): Fault | undefined {
    const fault = this.faults.find((candidate) => candidate.operation === operation && candidate.left > 0);
    if (!fault || fault.spared-- > 0) {
      return undefined;
    }
    fault.left--;
    return fault.fault;
  }

  private async answerOf(operation: string, incoming: IncomingMessage, body: string): Promise<RecordedAnswer> {
    const { instead, after } = this.supplements.get(operation) ?? {};
    const answer = instead?.(body) ?? await this.forward(incoming, body);
    await after?.(answer);
    return answer;
  }

  private async forward({ headers, method, url }: IncomingMessage, body: string): Promise<RecordedAnswer> {
    return new Promise((resolve, reject) => {
      const onwards = request({ host: '127.0.0.1', port: this.port, method, path: url, headers }, (answer) => {
        textOf(answer).then((text) => resolve({ status: answer.statusCode!, type: answer.headers['content-type'] ?? '', body: text }), reject);
      });
      onwards.on('error', reject);
      onwards.end(body);
    });
  }
}

/** JSON protocols name the operation in a header, the query protocol in the body. */
function operationOf({ headers }: IncomingMessage, body: string): string {
  return String(headers['x-amz-target'] ?? '').split('.')[1] ?? new URLSearchParams(body).get('Action') ?? '';
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
