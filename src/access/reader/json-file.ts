import { jsonBreak } from './json-break';
import { readTextFile } from './text-file';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** What stands in a file of JSON. */
export function readJsonFile(path: string): unknown {
  return parseJson(readTextFile(path), path);
}

/** What a text of JSON says; the file is named where it says nothing. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const at = jsonBreak(text) ?? text.length;
    const problem = at === text.length ? 'it ends here, too early' : `${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))} is not expected here`;
    throw new KmsPatternsError('InvalidJson', `this file is no JSON (${placeOf(text, at)}: ${problem}), given: '${file}'; correct it`);
  }
}

function placeOf(text: string, at: number): string {
  let [line, start] = [1, 0];
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return `line ${line}, column ${at - start + 1}`;
}
