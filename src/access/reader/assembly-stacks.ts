import { realpathSync } from 'fs';
import { ConstructElement, elementsOf, treeElements } from './construct-element';
import { Environment } from './deployment-in';
import { readJsonFile } from './json-file';
import { Artifact, Manifest } from './manifest';
import { objectOf } from '../template/template';

/** A stack in a cloud assembly. */
export interface AssemblyStack {
  readonly stackName: string;
  /** The folder of its own assembly: that of a Stage stands in that of the app. */
  readonly directory: string;
  readonly environment: Environment;
  readonly templateFile: string;
  /** The role with which CloudFormation deploys it, as the manifest names it: with the pseudo parameters of its template. */
  readonly executionRoleArn?: string;
  /** What is given for its parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The path of its construct. */
  readonly path: string;
  /** The constructs below it, those of nested stacks among them. */
  readonly elements: readonly ConstructElement[];
  /** The files of its assembly's assets, by the last part of the URL under which they are published. */
  readonly assets: ReadonlyMap<string, string>;
}

/** The stacks of a cloud assembly and of those in it, which are its Stages. */
export function assemblyStacks(directory: string): AssemblyStack[] {
  const stacks: AssemblyStack[] = [];
  const seen = new Set<string>();
  const waiting = [new Manifest(directory)];
  const tree = waiting[0].ofType('cdk:tree').flatMap((artifact) => treeElements(readJsonFile(waiting[0].pathOf(artifact, 'file'))));
  for (let manifest = waiting.pop(); manifest !== undefined; manifest = waiting.pop()) {
    const folder = realpathSync(manifest.directory);
    if (seen.has(folder)) {
      throw manifest.invalid('is named twice in its assembly');
    }
    seen.add(folder);
    const assets = assetsOf(manifest);
    for (const artifact of manifest.ofType('aws:cloudformation:stack')) {
      stacks.push(stackOf(manifest, artifact, assets, tree));
    }
    const inner = manifest.ofType('cdk:cloud-assembly').map((artifact) => manifest.pathOf(artifact, 'directoryName'));
    waiting.push(...inner.reverse().map((path) => new Manifest(path)));
  }
  return stacks;
}

function stackOf(manifest: Manifest, artifact: Artifact, assets: ReadonlyMap<string, string>, tree: readonly ConstructElement[]): AssemblyStack {
  const { id, displayName, environment, properties } = artifact;
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  if (region === undefined) {
    throw manifest.invalid(`does not say the environment of ${id}`);
  }
  // The path comes with the name in brackets where the construct has another.
  const path = typeof displayName === 'string' ? displayName.replace(/ \(.*\)$/, '') : id;
  const elements = elementsOf(artifact.metadata);
  const role = properties.cloudFormationExecutionRoleArn;
  return {
    stackName: typeof properties.stackName === 'string' ? properties.stackName : id,
    directory: manifest.directory,
    environment: { ...account === 'unknown-account' ? {} : { account }, ...region === 'unknown-region' ? {} : { region } },
    templateFile: manifest.pathOf(artifact, 'templateFile'),
    ...typeof role === 'string' ? { executionRoleArn: role } : {},
    parameters: objectOf(properties.parameters),
    path,
    elements: elements.length > 0 ? elements : tree.filter((element) => element.path.startsWith(`${path}/`)),
    assets,
  };
}

function assetsOf(manifest: Manifest): Map<string, string> {
  const assets = new Map<string, string>();
  for (const artifact of manifest.ofType('cdk:asset-manifest')) {
    const { files } = objectOf(readJsonFile(manifest.pathOf(artifact, 'file')));
    for (const file of Object.values(objectOf(files)).map(objectOf)) {
      const { path } = objectOf(file.source);
      for (const { objectKey } of Object.values(objectOf(file.destinations)).map(objectOf)) {
        if (typeof path === 'string' && typeof objectKey === 'string') {
          assets.set(objectKey.split('/').at(-1)!, path);
        }
      }
    }
  }
  return assets;
}
