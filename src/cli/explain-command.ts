import { CommandLine, formatOf, readCommandLine } from './command-line';
import { openModel } from './open-model';
import { CommandStreams } from './streams';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { explainAccess, ExplainRequest } from '../report/access-explanation';
import { explanationText } from '../report/explanation-text';

export const EXPLAIN_HELP = `Usage: cdk-kms-access explain <assembly | template...> --principal P --key K --action A
         [--via SERVICE] [--context KEY=VALUE]... [--complete] [--format text|json]

Says whether P may do A with K, and why, statement by statement.

P            the ARN of a role, a user, a session (assumed-role/...) or an account root, an account, a service principal such as sns.amazonaws.com,
             a logical id, StackName/LogicalId, or a construct path
K            an ARN, a key id, an alias, a logical id, StackName/LogicalId, or a construct path
--via        the service that calls AWS KMS for P, such as s3: kms:ViaService of the key's Region
--context    a condition key of the request and its value; again with the same key, for several values
--complete   the request has no other condition keys; without it they may be anything, and the answer says what they must be`;

/** A prefix, in the Region of the key, or a whole value of `kms:ViaService`. */
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)+\.amazonaws\.com$|^[a-z0-9-]+$/;

/** Prints whether somebody may do something, and why. */
export async function explainCommand(words: readonly string[], { output }: CommandStreams): Promise<void> {
  const line = readCommandLine('explain', words, ['principal', 'key', 'action', 'via', 'context', 'complete', 'format'], ['principal', 'key', 'action']);
  if (line.help) {
    await output.write(EXPLAIN_HELP);
  } else {
    const format = formatOf(line);
    const request = requestOf(line);
    const model = openModel(line);
    const explanation = explainAccess(model, request);
    await output.write(format === 'json' ? JSON.stringify(explanation, undefined, 2) : explanationText(explanation));
  }
}

function requestOf(line: CommandLine): ExplainRequest {
  const { principal, key, action, via, complete = false } = line as CommandLine & { principal: string; key: string; action: string };
  const context = contextOf((line.context ?? []).map(pairOf));
  if (via === undefined) {
    return { principal, key, action, complete, context };
  }
  if (!SERVICE.test(via)) {
    throw new KmsPatternsError('InvalidContext', `kms:ViaService is a service and its Region, given: '--via ${via}'; write --via s3 or --via s3.eu-west-1.amazonaws.com`);
  }
  if (Object.keys(context).some((name) => name.toLowerCase() === 'kms:viaservice')) {
    throw new KmsPatternsError('InvalidContext', `--via and --context both say kms:ViaService, given: '--via ${via}'; write one of them`);
  }
  return { principal, key, action, complete, context, via };
}

function pairOf(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (!/^[^:]+:./.test(text.slice(0, Math.max(equals, 0)))) {
    throw new KmsPatternsError('InvalidContext', `a condition key with its prefix, such as kms:, and its value stand with = between them, given: '--context ${text}'; `
      + 'write --context kms:EncryptionContext:aws:s3:arn=arn:aws:s3:::bucket, for example');
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** The same key in another case is the same key. */
function contextOf(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const context = Object.create(null) as Record<string, string[]>;
  const spellings = new Map<string, string>();
  for (const [key, value] of pairs) {
    const name = spellings.get(key.toLowerCase()) ?? key;
    spellings.set(key.toLowerCase(), name);
    context[name] = [...context[name] ?? [], value];
  }
  return context;
}
