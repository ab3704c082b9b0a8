import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { OPERATIONS } from './operations';
import { probe } from './probe';
import { RegionClients } from './region-clients';

// `npm run probe -- --help`. This file alone makes clients that reach AWS: no test may import it.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) {
      process.stdout.write('Stopped before everything was deleted: run it again with --clean.\n', () => process.exit(1));
    } else {
      process.stdout.write(`${signal}: deletes what there is. Once more stops that, too.\n`);
      stop.abort();
    }
  });
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    return ''; // Nobody is there to agree.
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

probe(process.argv.slice(2), OPERATIONS, {
  environment: process.env,
  clients: (region) => new RegionClients(region),
  ask,
  say: (line) => process.stdout.write(`${line}\n`),
  now: Date.now,
  sleep: (milliseconds) => sleep(milliseconds),
  run: Date.now().toString(36),
  stopped: stop.signal,
}).then((code) => process.exit(code), (error: Error) => {
  process.stdout.write(`${error.message}\nWhat there may be left behind is deleted by --clean.\n`, () => process.exit(1));
});
