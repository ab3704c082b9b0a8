import { createReadStream } from 'fs';
import { createInterface } from 'readline';
import { readAccessRequest } from './access-request';
import { readCommandLine } from './command-line';
import { openModel } from './open-model';
import { Output } from './output';
import { Streams } from './streams';
import { AccessModel } from '../access/access-model';
import { KmsPatternsError } from '../private/kms-patterns-error';

export const DECIDE_HELP = `Usage: cdk-kms-access decide <assembly | template...> --requests FILE

Answers questions, one on each line of FILE (- for the standard input), with one line each in the same order.

A question:  {"principal": P, "key": K, "action": "kms:Decrypt", "context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}, "complete": true}
             context and complete may be left out. A value of the context is a text, a number, true or false, a list of these, or null for none.
             complete says that condition keys that are not given are absent, so that the answer is never conditional. Other fields are not read.
An answer:   {"verdict": "allowed" | "denied" | "conditional" | "unknown", "because": [...], "conditions": [...]}
             because has statements, {"stack", "logicalId", "policy"?, "index", "sid"?}, and texts about what is missing or not known.
             conditions has the ways to be allowed: all requirements of one of them must hold. keyCannot says why the key could not do it all the same.
             A line that cannot be understood, an empty one too, is answered by {"error": "..."}.`;

/** Answers the questions of a file. */
export async function decideCommand(words: readonly string[], { stdin, stdout }: Streams): Promise<void> {
  const line = readCommandLine('decide', words, ['requests'], ['requests']);
  const output = new Output(stdout);
  if (line.help) {
    await output.line(DECIDE_HELP);
    return output.flush();
  }
  const model = openModel(line);
  for await (const question of createInterface({ input: await opened(line.requests!, stdin), crlfDelay: Infinity })) {
    await output.line(answerTo(question, model));
    if (output.isClosed) {
      break;
    }
  }
  await output.flush();
}

/** The answer as JSON. What cannot be understood is an answer too, every other failure is none. */
function answerTo(question: string, model: AccessModel): string {
  try {
    return JSON.stringify(model.decide(readAccessRequest(question)));
  } catch (error) {
    if (error instanceof KmsPatternsError) {
      return JSON.stringify({ error: error.message });
    }
    throw error;
  }
}

async function opened(file: string, stdin: NodeJS.ReadableStream): Promise<NodeJS.ReadableStream> {
  if (file === '-') {
    return stdin;
  }
  const stream = createReadStream(file, 'utf8');
  await new Promise<void>((resolve, reject) => {
    stream.once('ready', resolve).once('error', ({ code, message }: NodeJS.ErrnoException) => {
      reject(new KmsPatternsError('UnreadableFile', `the file of requests cannot be read (${code ?? message}), given: '${file}'; write --requests FILE.jsonl`));
    });
  });
  return stream;
}
