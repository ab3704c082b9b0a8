import { isDirectory, readSource, Source } from './source';
import { deploymentIn, Environment } from '../access/reader/deployment-in';
import { parseJson } from '../access/reader/json-file';
import { readAssembly } from '../access/reader/read-assembly';
import { readTextFile } from '../access/reader/text-file';
import { readTemplate, Template } from '../access/template/template';

/** The templates of cloud assemblies and of files, in the order in which they are given. */
export function readSources(sources: readonly string[], defaults: Environment = {}): Template[] {
  return sources.map(readSource).flatMap((source) => {
    const environment = { ...defaults, ...source.environment };
    return isDirectory(source.path) ? readAssembly(source.path, environment) : [readBare(source, environment)];
  });
}

function readBare({ path, stackName }: Source, environment: Environment): Template {
  return readTemplate(stackName, deploymentIn(environment), parseJson(readTextFile(path), path));
}
