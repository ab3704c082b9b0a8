import { existsSync, statSync } from 'fs';
import { basename } from 'path';
import { Environment } from '../access/reader/deployment-in';

/** A cloud assembly or a template, as people name it: `[NAME=]FILE[@ACCOUNT/REGION]`. */
export interface Source {
  readonly path: string;
  readonly stackName: string;
  readonly named: boolean;
  readonly environment: Environment;
}

const NAME = /^([A-Za-z][A-Za-z0-9-]*)=(.+)$/s;
const ENVIRONMENT = /^(.+)@(\d{12})?(?:\/([a-z]{2,}(?:-[a-z]+)+-\d+)?)?$/s;
const EXTENSIONS = /(?<=.)(\.template\.(json|ya?ml)|\.json|\.ya?ml|\.template)$/i;

/** Reads a source. A path that holds `=` or `@` is read as it stands where there is something under that very name. */
export function readSource(text: string): Source {
  const [, withoutEnvironment, account, region] = ENVIRONMENT.exec(text) ?? [];
  const environment = { ...account === undefined ? {} : { account }, ...region === undefined ? {} : { region } };
  const whole: readonly [string, Environment] = [text, {}];
  const readings = withoutEnvironment === undefined ? [whole] : [whole, [withoutEnvironment, environment] as const];
  const named = readings.flatMap(([rest, at]) => {
    const [, stackName, path] = NAME.exec(rest) ?? [];
    return path === undefined ? [] : [{ path, stackName, named: true, environment: at }];
  });
  const candidates: Source[] = [...readings.map(([path, at]) => ({ path, stackName: nameOf(path), named: false, environment: at })), ...named];
  const found = candidates.find(({ path }) => existsSync(path));
  return found ?? candidates.at(-1)!;
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function nameOf(path: string): string {
  return basename(path).replace(EXTENSIONS, '');
}
