import { decideCommand } from './decide-command';
import { explainCommand } from './explain-command';
import { matrixCommand } from './matrix-command';
import { Output } from './output';
import { CommandStreams, Streams } from './streams';
import { KmsPatternsError } from '../private/kms-patterns-error';

const COMMANDS: ReadonlyMap<string, (words: readonly string[], streams: CommandStreams) => Promise<void>> = new Map(Object.entries({
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

/** Runs the command line tool. The result is its exit code: 0, 2 where it was called wrongly, 1 where it failed. */
export async function main(words: readonly string[], { stdin, stdout, stderr }: Streams, version: string): Promise<number> {
  try {
    await run(words, { stdin, output: new Output(stdout) }, version);
    return 0;
  } catch (error) {
    const isRefusal = error instanceof KmsPatternsError;
    stderr.write(`cdk-kms-access: ${isRefusal ? error.message : `this must not happen: ${String(error)}; please report it`}\n`);
    return isRefusal ? 2 : 1;
  }
}

async function run([name = '--help', ...words]: readonly string[], streams: CommandStreams, version: string): Promise<void> {
  const command = COMMANDS.get(name);
  if (command) {
    await command(words, streams);
  } else if (['--help', '-h', 'help'].includes(name)) {
    await streams.output.write(HELP);
  } else if (name === '--version') {
    await streams.output.write(version);
  } else {
    throw new KmsPatternsError('InvalidCommandLine', `there is no such command, given: '${name}'; write ${[...COMMANDS.keys()].join(', ')} or --help`);
  }
}
