import { spawn, type ChildProcess } from 'node:child_process';

/** Every child leads a process group of its own, so that what it started ends with it. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => kill(child)));

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly seconds: number;
  /** What the command is for, as the subject of an error: 'deploying data-platform-keys'. */
  readonly purpose: string;
  /** Hears everything that the command prints. */
  readonly hear?: (output: string) => void;
}

/** Runs a command to its end, within its time, and returns what it printed; a failure becomes one sentence with its last words. */
export function command(file: string, args: string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(file, args, options);
    let output = '';
    child.stdin?.end();
    const hear = (chunk: Buffer) => {
      output += chunk;
      options.hear?.(chunk.toString());
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const timer = setTimeout(() => {
      kill(child);
      reject(new Error(`${options.purpose} did not end within ${options.seconds} seconds.\n${lastWords(output)}`));
    }, options.seconds * 1000);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${options.purpose} could not start: ${error.message}.`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) {
        resolve(output);
      } else {
        reject(new Error(`${options.purpose} ended with ${signal ?? `exit code ${code}`}.\n${lastWords(output)}`));
      }
    });
  });
}

/** Starts a child that this process takes down with itself. */
export function start(file: string, args: string[], options: Pick<CommandOptions, 'cwd' | 'env'>): ChildProcess {
  const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: 'pipe', detached: true });
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

export function kill(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It had already ended.
  }
}

function lastWords(output: string): string {
  return output.trim().split('\n').slice(-15).map((line) => `    | ${line}`).join('\n');
}
