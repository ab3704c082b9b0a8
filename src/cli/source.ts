import { existsSync } from 'fs';
import { basename } from 'path';
import { readEnvironment } from './environment';
import { Environment } from '../access/reader/deployment-in';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A cloud assembly or a template, and what is said of where it is deployed. */
export interface Source {
  readonly path: string;
  readonly stackName?: string;
  readonly environment: Environment;
}

/** A source cut into pieces. */
interface Pieces {
  readonly path: string;
  readonly name?: string;
  readonly place?: string;
}

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const PLACE = /^[a-z0-9-]*(\/[a-z0-9-]*)?$/;
const EXTENSION = /(?<=.)(\.template)?(\.json|\.ya?ml)$|(?<=.)\.template$/i;

/** Reads `[NAME=]FILE[@ACCOUNT/REGION]`. A path that holds `=` or `@` itself is one where there is something under that very name. */
export function readSource(text: string): Source {
  const whole: Pieces = { path: text };
  const all = [whole, withoutName(whole), withoutPlace(whole), withoutName(withoutPlace(whole))];
  // Where there is none at all, what has the form of a name or of an environment is taken for one.
  const { path, name, place } = all.find((pieces) => existsSync(pieces.path))
    ?? all.reverse().find((pieces) => (pieces.name === undefined || STACK_NAME.test(pieces.name)) && PLACE.test(pieces.place ?? ''))!;
  if (name !== undefined && !STACK_NAME.test(name)) {
    throw new KmsPatternsError('InvalidStackName', `a stack is named with letters, digits and hyphens, a letter first, given: '${name}'; write NAME=FILE`);
  }
  return { path, ...name === undefined ? {} : { stackName: name }, environment: place === undefined ? {} : readEnvironment(place) };
}

/** The name of a stack of which nobody says it: that of its file. */
export function nameOfFile(path: string): string {
  return basename(path).replace(EXTENSION, '');
}

function withoutPlace(pieces: Pieces): Pieces {
  const at = pieces.path.lastIndexOf('@');
  return at < 0 ? pieces : { ...pieces, path: pieces.path.slice(0, at), place: pieces.path.slice(at + 1) };
}

function withoutName(pieces: Pieces): Pieces {
  const at = pieces.path.indexOf('=');
  return at < 0 ? pieces : { ...pieces, path: pieces.path.slice(at + 1), name: pieces.path.slice(0, at) };
}
