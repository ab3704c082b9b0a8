import { createReadStream } from 'fs';
import { readAccessRequest } from './access-request';
import { readCommandLine } from './command-line';
import { linesOf } from './lines';
import { openModel } from './open-model';
import { CommandStreams } from './streams';
import { AccessModel } from '../access/access-model';
import { KmsPatternsError } from '../private/kms-patterns-error';

export const DECIDE_HELP = `Usage: cdk-kms-access decide <assembly | template...> --requests FILE

Answers questions, one on each line of FILE (- for the standard input), with one line each in the same order.

A question:  {"principal": P, "key": K, "action": "kms:Decrypt", "context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}, "complete": true}
             context and complete may be left out. A value of the context is a text, a number, true or false, a list of these, or null for none.
             complete says that condition keys that are not given are absent, so that the answer is never conditional. Other fields are not read.
An answer:   {"verdict": "allowed" | "denied" | "conditional" | "unknown", "because": [...], "conditions": [...]}
             because has statements, {"stack", "logicalId", "policy"?, "index", "sid"?}, and texts about what is missing, not known or assumed.
             conditions has the ways to be allowed: all requirements of one of them must hold. keyCannot says why the key could not do it all the same.
             A line that cannot be understood, an empty one too, is answered by {"error": "..."}.`;

/** Answers the questions of a file. */
export async function decideCommand(words: readonly string[], { stdin, output }: CommandStreams): Promise<void> {
  const line = readCommandLine('decide', words, ['requests'], ['requests']);
  if (line.help) {
    return output.write(DECIDE_HELP);
  }
  const model = openModel(line);
  for await (const questions of linesOf(line.requests === '-' ? stdin : piecesOf(line.requests!))) {
    await output.write(questions.map((question) => answerTo(question, model)).join('\n'));
    if (output.isClosed) {
      break;
    }
  }
}

/** The answer as JSON. What cannot be understood is an answer too, every other failure is none. */
function answerTo(question: string, model: AccessModel): string {
  try {
    const request = readAccessRequest(question);
    const decision = model.decide(request);
    const assumed = model.asker(request.principal).identity?.assumed;
    return JSON.stringify(assumed === undefined ? decision : { ...decision, because: [...decision.because, `assumed: ${assumed}`] });
  } catch (error) {
    if (error instanceof KmsPatternsError) {
      return JSON.stringify({ error: error.message });
    }
    throw error;
  }
}

async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw new KmsPatternsError('UnreadableFile',
      `the file of requests cannot be read (${(error as Error).message}), given: '${file}'; write --requests FILE, or --requests - for the standard input`);
  }
}
