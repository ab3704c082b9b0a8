import { type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { kill, start } from './command';

const SECONDS_TO_START = 30;

export interface LocalServerProps {
  /** What it is called, in errors and as the name of its log. */
  readonly name: string;
  readonly python: string;
  /** The script beside this file that starts it. It takes a port of 127.0.0.1, and ends when its standard input does. */
  readonly script: string;
  readonly home: string;
  /** What it answers when it has started. */
  readonly health: string;
  /** What is in its environment beside the path and its home. */
  readonly env?: NodeJS.ProcessEnv;
}

/** An AWS endpoint on 127.0.0.1, with what it writes. */
export class LocalServer {
  /** Starts it on a free port; it answers when this returns. */
  public static async start(props: LocalServerProps): Promise<LocalServer> {
    const port = await freePort();
    const child = start(props.python, [join(__dirname, props.script), `${port}`], {
      cwd: props.home,
      env: { PATH: process.env.PATH, HOME: props.home, TMPDIR: props.home, PYTHONDONTWRITEBYTECODE: '1', ...props.env },
    });
    const server = new LocalServer(props, child, port);
    await server.answers();
    return server;
  }

  public log = '';
  private ended = false;

  private constructor(private readonly props: LocalServerProps, private readonly child: ChildProcess, public readonly port: number) {
    child.stdout?.on('data', (chunk) => this.log += chunk);
    child.stderr?.on('data', (chunk) => this.log += chunk);
    child.on('close', () => this.ended = true);
    child.on('error', (error) => {
      this.log += error.message;
      this.ended = true;
    });
  }

  /** Leaves the log beside the home directory, for whoever has to find out what went wrong. */
  public stop(): void {
    kill(this.child);
    writeFileSync(join(this.props.home, '..', `${this.props.name}.log`), this.log);
  }

  private async answers(): Promise<void> {
    for (const deadline = Date.now() + SECONDS_TO_START * 1000; Date.now() < deadline && !this.ended; await delay(100)) {
      const answer = await fetch(`http://127.0.0.1:${this.port}${this.props.health}`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
    }
    this.stop();
    throw new Error(`${this.props.name} did not answer on 127.0.0.1:${this.port} within ${SECONDS_TO_START} seconds. Its log ends: ${this.log.trim().slice(-800)}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
