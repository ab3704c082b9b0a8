import { type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { kill, start } from './command';

const SECONDS_TO_START = 30;

/** A moto server on 127.0.0.1, and what it wrote about the resource types that it does not know. */
export class Moto {
  /** Starts moto on a free port; it answers when this returns. */
  public static async start(python: string, home: string): Promise<Moto> {
    const port = await freePort();
    const server = start(python, [join(__dirname, 'start-moto.py'), `${port}`], { cwd: home, env: { PATH: process.env.PATH, HOME: home, PYTHONDONTWRITEBYTECODE: '1' } });
    const moto = new Moto(server, port, home);
    await moto.answers();
    return moto;
  }

  private log = '';
  private ended = false;

  private constructor(private readonly server: ChildProcess, public readonly port: number, private readonly home: string) {
    server.stdout?.on('data', (chunk) => this.log += chunk);
    server.stderr?.on('data', (chunk) => this.log += chunk);
    server.on('close', () => this.ended = true);
    server.on('error', (error) => {
      this.log += error.message;
      this.ended = true;
    });
  }

  /** A place in the log, to ask for what was written after it. */
  public get mark(): number {
    return this.log.length;
  }

  public unknownTypesSince(mark: number): string[] {
    const types = this.log.slice(mark).matchAll(/No Moto CloudFormation support for (\S+)/g);
    return [...new Set([...types].map((match) => match[1]))].sort();
  }

  /** Leaves the log beside the home directory, for whoever has to find out what went wrong. */
  public stop(): void {
    kill(this.server);
    writeFileSync(join(this.home, '..', 'moto.log'), this.log);
  }

  private async answers(): Promise<void> {
    for (const deadline = Date.now() + SECONDS_TO_START * 1000; Date.now() < deadline && !this.ended; await delay(100)) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/moto-api/`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
    }
    this.stop();
    throw new Error(`moto did not answer on 127.0.0.1:${this.port} within ${SECONDS_TO_START} seconds. Its log ends: ${this.log.trim().slice(-800)}`);
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
