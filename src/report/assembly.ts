import { readFileSync } from 'fs';
import { join } from 'path';

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Metadata?: Record<string, unknown>;
}

/** What the report reads of a template. */
export interface Template {
  readonly Resources?: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>;
}

/** An entry of a construct's metadata. */
export interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
}

/** A stack of a synthesized app. */
export interface AssemblyStack {
  /** The construct path. */
  readonly id: string;
  /** The name in CloudFormation. A nested stack has none. */
  readonly name?: string;
  /** Such as `aws://111122223333/eu-west-2`. */
  readonly environment: string;
  readonly template: Template;
  /** By construct path, with a slash before it. A nested stack's is in that of its parent. */
  readonly metadata: Record<string, MetadataEntry[]>;
  /** The stack that a nested stack is a resource of. */
  readonly parent?: { readonly stack: AssemblyStack; readonly logicalId: string };
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly additionalMetadataFile?: string;
  readonly metadata?: Record<string, MetadataEntry[]>;
  readonly properties: { readonly templateFile: string; readonly stackName?: string; readonly directoryName: string; readonly file: string };
}

/** The stacks of a synthesized app, those of its stages and nested stacks among them, by construct path. */
export function stacksOf(directory: string): AssemblyStack[] {
  const { artifacts = {} } = readJson<{ artifacts?: Record<string, Artifact> }>(directory, 'manifest.json');
  const templates = nestedTemplates(directory, Object.values(artifacts));
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    switch (artifact.type) {
      case 'aws:cloudformation:stack': return withNestedStacks(templates, stackOf(directory, id, artifact));
      case 'cdk:cloud-assembly': return stacksOf(join(directory, artifact.properties.directoryName));
      default: return [];
    }
  }).sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

/** The templates of nested stacks, by the hash that stands in their URL. */
function nestedTemplates(directory: string, artifacts: Artifact[]): Map<string, Template> {
  const files = artifacts.filter(({ type }) => type === 'cdk:asset-manifest').flatMap(({ properties }) =>
    Object.entries(readJson<{ files?: Record<string, { source: { path?: string } }> }>(directory, properties.file).files ?? {}));
  return new Map(files
    .filter(([, { source }]) => source.path?.endsWith('.nested.template.json'))
    .map(([hash, { source }]) => [hash, readJson(directory, source.path!)]));
}

function stackOf(directory: string, id: string, artifact: Artifact): AssemblyStack {
  const { additionalMetadataFile, properties } = artifact;
  return {
    id: artifact.displayName?.replace(/ \(.*\)$/, '') ?? id,
    name: properties.stackName ?? id,
    environment: artifact.environment ?? '',
    template: readJson(directory, properties.templateFile),
    metadata: { ...artifact.metadata, ...additionalMetadataFile ? readJson<Record<string, MetadataEntry[]>>(directory, additionalMetadataFile) : {} },
  };
}

function withNestedStacks(templates: Map<string, Template>, stack: AssemblyStack): AssemblyStack[] {
  const nested = Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, { Type, Properties }]) => {
    const url = Type === 'AWS::CloudFormation::Stack' ? JSON.stringify(Properties?.TemplateURL) : '';
    const [, template] = [...templates].find(([hash]) => url.includes(hash)) ?? [];
    return !template ? [] : withNestedStacks(templates, {
      id: nestedStackId(stack, logicalId),
      environment: stack.environment,
      template,
      metadata: {},
      parent: { stack, logicalId },
    });
  });
  return [stack, ...nested];
}

/** `Stack/Nested.NestedStack/Nested.NestedStackResource` is the resource of `Stack/Nested`. */
function nestedStackId(parent: AssemblyStack, logicalId: string): string {
  return constructPath(parent, logicalId).replace(/\.NestedStack\/[^/]*$/, '');
}

/** The construct path of a resource, or its logical id below the stack where nothing says it. */
export function constructPath(stack: AssemblyStack, logicalId: string): string {
  const inTemplate = stack.template.Resources?.[logicalId].Metadata?.['aws:cdk:path'];
  return typeof inTemplate === 'string' ? inTemplate : pathInMetadata(stack, logicalId) ?? `${stack.id}/${logicalId}`;
}

function pathInMetadata(stack: AssemblyStack, logicalId: string): string | undefined {
  let root = stack;
  while (root.parent) {
    root = root.parent.stack;
  }
  const found = Object.entries(root.metadata).find(([path, entries]) =>
    path.startsWith(`/${stack.id}/`) && entries.some(({ type, data }) => type === 'aws:cdk:logicalId' && data === logicalId));
  return found?.[0].slice(1);
}

/** A file of a synthesized app. */
export function readJson<T>(directory: string, file: string): T {
  const path = join(directory, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${path} cannot be read: is ${directory} a synthesized app?`);
  }
  return JSON.parse(text) as T;
}
