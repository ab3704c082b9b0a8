import { decideCommand } from './decide-command';
import { explainCommand } from './explain-command';
import { matrixCommand } from './matrix-command';
import { Streams } from './streams';
import { KmsPatternsError } from '../private/kms-patterns-error';

const COMMANDS: ReadonlyMap<string, (words: readonly string[], streams: Streams) => Promise<void>> = new Map(Object.entries({
  explain: explainCommand,
  decide: decideCommand,
  matrix: matrixCommand,
}));

const HELP = `Usage: cdk-kms-access COMMAND <assembly | template...> [options]

Tells from CloudFormation templates, before they are deployed, who can do what with which AWS KMS key.

explain      whether somebody may do something with a key, and why
decide       the same for the questions of a file, as JSON
matrix       who can do what with which key, as a table

assembly     a folder that cdk synth has made, such as cdk.out
template     [NAME=]FILE[@ACCOUNT/REGION]: a template in JSON or YAML, the name of its stack, and where it is deployed
--account, --region   where templates and stacks are deployed that do not say it
--help       this text, or that of a command
--version    the version

Service and resource control policies, policies of VPC endpoints and of sessions are not seen: what is allowed here can still be denied there.`;

/** Runs the command line tool. The result is its exit code: 0, or 2 where it was called wrongly. */
export async function main(words: readonly string[], streams: Streams, version: string): Promise<number> {
  const [name = '--help', ...rest] = words;
  try {
    const command = COMMANDS.get(name);
    if (command) {
      await command(rest, streams);
    } else if (name === '--help' || name === '-h' || name === 'help') {
      streams.stdout.write(`${HELP}\n`);
    } else if (name === '--version') {
      streams.stdout.write(`${version}\n`);
    } else {
      throw new KmsPatternsError('InvalidCommandLine', `there is no such command, given: '${name}'; write ${[...COMMANDS.keys()].join(', ')} or --help`);
    }
    return 0;
  } catch (error) {
    if (error instanceof KmsPatternsError) {
      streams.stderr.write(`cdk-kms-access: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}
