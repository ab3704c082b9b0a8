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
  } catch (error) {
    throw new KmsPatternsError('InvalidJson', `this file is no JSON: ${(error as Error).message}, given: '${file}'; write it again`);
  }
}
