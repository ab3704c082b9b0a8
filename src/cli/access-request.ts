import { AccessRequest } from '../access/access-model';
import { KmsPatternsError } from '../private/kms-patterns-error';

const TEXTS = ['principal', 'key', 'action'] as const;

/** Reads a line of a file of requests. */
export function readAccessRequest(line: string): AccessRequest {
  const body = parsed(line);
  for (const name of TEXTS) {
    if (typeof body[name] !== 'string') {
      throw invalid(body[name] === undefined ? `${name} is missing` : `${name} is no string`, body[name] ?? line, `"${name}": "..."`);
    }
  }
  const { principal, key, action, context, complete } = body;
  if (complete !== undefined && typeof complete !== 'boolean') {
    throw invalid('complete is neither true nor false', complete, '"complete": true');
  }
  return { principal: principal as string, key: key as string, action: action as string, context: contextOf(context), complete };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(line);
  } catch {
    throw invalid('the line is no JSON', line, '{"principal": "...", "key": "...", "action": "..."}');
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw invalid('the line is no JSON object', body, '{"principal": "...", "key": "...", "action": "..."}');
  }
  return Object.assign(Object.create(null) as object, body) as Readonly<Record<string, unknown>>;
}

function contextOf(context: unknown): Readonly<Record<string, unknown>> | undefined {
  if (context === undefined) {
    return undefined;
  }
  if (context === null || typeof context !== 'object' || Array.isArray(context)) {
    throw invalid('context is no JSON object', context, '"context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}');
  }
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(context)) {
    const strange = (Array.isArray(value) ? value as unknown[] : [value ?? '']).find((one) => one === null || typeof one === 'object');
    if (strange !== undefined) {
      throw invalid(`${key} of the context is no value or list of values`, value, `"${key}": "..."`);
    }
    if (seen.size === seen.add(key.toLowerCase()).size) {
      throw invalid(`${key} stands twice in the context, and the case of condition keys does not matter`, value, `"${key}": ["...", "..."]`);
    }
  }
  return context as Readonly<Record<string, unknown>>;
}

const LONGEST = 100;

function invalid(problem: string, given: unknown, instead: string): KmsPatternsError {
  const text = typeof given === 'string' ? given : shallow(given);
  return new KmsPatternsError('InvalidRequest', `${problem}, given: '${text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text}'; write ${instead}`);
}

/** What nests deep is not turned into text. */
function shallow(value: unknown): string {
  return Array.isArray(value) ? `a list of ${value.length}` : value !== null && typeof value === 'object' ? 'an object' : String(value);
}
