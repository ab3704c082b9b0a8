import { YamlDocument } from './yaml-document';
import { YamlValue } from './yaml-value';
import { parseJson } from '../access/reader/json-file';
import { readTextFile } from '../access/reader/text-file';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** The body of a template in JSON or YAML: in JSON where it begins with a bracket, whatever the name of the file. */
export function readTemplateFile(path: string): unknown {
  const text = readTextFile(path);
  const body = /^\s*[{[]/.test(text) ? parseJson(text, path) : new YamlValue(new YamlDocument(text, path)).read();
  const problem = problemOf(body);
  if (problem !== undefined) {
    throw new KmsPatternsError('InvalidTemplate', `this file is no CloudFormation template: ${problem}, given: '${path}'; write the path of a template with Resources`);
  }
  return body;
}

function problemOf(body: unknown): string | undefined {
  if (body === null || body === undefined) {
    return 'it is empty';
  }
  if (typeof body !== 'object' || Array.isArray(body)) {
    return `it is a ${Array.isArray(body) ? 'list' : typeof body === 'string' ? 'text' : typeof body}`;
  }
  const { Resources } = body as { readonly Resources?: unknown };
  return Resources !== null && typeof Resources === 'object' && !Array.isArray(Resources) ? undefined
    : Resources === undefined ? 'it has no Resources' : 'its Resources are no mapping';
}
