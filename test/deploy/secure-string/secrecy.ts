import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStackEventsCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type Aws } from '../aws';
import { type Checks } from '../checks';

/** Keeps the values that nobody may be told, and everything that was told. */
export class Secrecy {
  private readonly values = new Set<string>();
  private readonly told = new Map<string, string>();

  /** A new value to keep. */
  public secret(): string {
    const value = randomBytes(18).toString('base64url');
    this.keep(value);
    return value;
  }

  public keep(...values: string[]): void {
    values.forEach((value) => this.values.add(value));
  }

  public hear(where: string, text: string): void {
    this.told.set(where, (this.told.get(where) ?? '') + text);
  }

  /** The files of a synthesized app. */
  public hearFiles(where: string, directory: string): void {
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())) {
      this.hear(where, readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
    }
  }

  /** What CloudFormation says of a stack, and what was written into all log groups. */
  public async hearEndpoint(aws: Aws, StackName: string): Promise<void> {
    this.hear('the events of the stack', JSON.stringify((await aws.cloudFormation.send(new DescribeStackEventsCommand({ StackName }))).StackEvents));
    this.hear('the stack', JSON.stringify((await aws.cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks));
    const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({}));
    for (const { logGroupName } of logGroups) {
      const { events = [] } = await aws.logs.send(new FilterLogEventsCommand({ logGroupName }));
      this.hear('the log of the function', events.map(({ message }) => message).join('\n'));
    }
  }

  /** @param expected something that was told at each place, without which looking for secrets there would find nothing for another reason */
  public check(checks: Checks, expected: Record<string, string>): void {
    checks.equal('values of parameters are looked for in the expected places', [...this.told.keys()].sort(), Object.keys(expected).sort());
    for (const [where, text] of Object.entries(expected)) {
      const told = this.told.get(where) ?? '';
      const leaks = [...this.values].filter((value) => spellings(value).some((spelling) => told.includes(spelling)));
      checks.equal(`${where} (${told.length} characters) tells '${text}' and none of ${this.values.size} values`,
        [told.includes(text), leaks.length], [true, 0]);
    }
  }
}

function spellings(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64').replace(/=*$/, ''), encodeURIComponent(value)];
}
