import { existsSync, statSync } from 'fs';
import { join } from 'path';
import { environmentOf } from './environment';
import { nameOfFile, readSource, Source } from './source';
import { readTemplateFile } from './template-file';
import { deploymentIn, Environment } from '../access/reader/deployment-in';
import { readAssembly } from '../access/reader/read-assembly';
import { readTemplate, Template } from '../access/template/template';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** The templates of cloud assemblies and of files, in the order in which they are given. What a source does not say of where it goes, the defaults say. */
export function readSources(sources: readonly string[], defaults: Environment = {}): Template[] {
  const otherwise = environmentOf(defaults);
  return sources.map(readSource).flatMap((source) => {
    const environment = { ...otherwise, ...source.environment };
    return existsSync(source.path) && statSync(source.path).isDirectory() ? assembly(source, environment) : [bareTemplate(source, environment)];
  });
}

function assembly({ path, stackName }: Source, environment: Environment): Template[] {
  if (stackName !== undefined) {
    throw new KmsPatternsError('InvalidStackName', `the stacks of a cloud assembly have their names, given: '${stackName}=${path}'; write ${path}`);
  }
  if (!existsSync(join(path, 'manifest.json'))) {
    throw new KmsPatternsError('InvalidAssembly', `this folder is no cloud assembly: it has no manifest.json, given: '${path}'; `
      + 'write the folder that cdk synth has made, or the files of templates');
  }
  return readAssembly(path, environment, readTemplateFile);
}

function bareTemplate({ path, stackName = nameOfFile(path) }: Source, environment: Environment): Template {
  return readTemplate(stackName, deploymentIn(environment), readTemplateFile(path));
}
