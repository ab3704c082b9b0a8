import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { worldBodies, World } from './access-world';
import { main } from '../../src/cli/main';

/** What the command line tool did. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line tool in this process. */
export async function runCli(words: readonly string[], stdin: Readable = Readable.from([])): Promise<CliRun> {
  const [stdout, stderr] = [new KeptText(), new KeptText()];
  const code = await main(words, { stdin, stdout, stderr }, '1.2.3');
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** A stream that keeps what is written. */
export class KeptText extends Writable {
  public text = '';

  public _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** The templates of a world as files, by the words that name them on the command line. */
export function worldFiles(world: World): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-kms-access-'));
  return worldBodies(world).map(({ stackName, body, deployment: { account, region } }) => {
    const file = join(folder, `${stackName}.template.json`);
    writeFileSync(file, JSON.stringify(body));
    return `${file}@${account}/${region}`;
  });
}

/** The first template of a world as a cloud assembly, which CloudFormation deploys with a role. */
export function assemblyFolder(world: World, cloudFormationExecutionRoleArn: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-kms-access-'));
  const [{ stackName, body, deployment: { account, region } }] = worldBodies(world);
  writeFileSync(join(folder, 'Keys.template.json'), JSON.stringify(body));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({
    version: '48.0.0',
    artifacts: {
      [stackName]: {
        type: 'aws:cloudformation:stack',
        environment: `aws://${account}/${region}`,
        properties: { templateFile: 'Keys.template.json', cloudFormationExecutionRoleArn },
      },
    },
  }));
  return folder;
}

/** A file with a line for each. */
export function linesFile(...lines: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'cdk-kms-access-')), 'requests.jsonl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}
