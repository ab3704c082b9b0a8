import { AssemblyStack, constructPath, stacksOf, TemplateResource } from './assembly';
import { ResourceReferences } from './resource-references';
import { keyPolicySize } from '../private/key-policy-size';
import { KmsService } from '../service/kms-service';

/** A key of a synthesized app, with what is encrypted under it. */
export interface KeyRow {
  /** The construct path. */
  readonly path: string;
  readonly aliases: string[];
  readonly policyBytes: number;
  readonly statements: number;
  readonly encrypts: EncryptedRow[];
}

/** A resource that is encrypted under a key. */
export interface EncryptedRow {
  /** The construct path. */
  readonly path: string;
  readonly type: string;
}

interface Resource extends TemplateResource {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
}

/** The keys of a synthesized app by construct path, from its templates alone. */
export function keyReport(directory: string): KeyRow[] {
  const stacks = stacksOf(directory);
  const references = new ResourceReferences(stacks);
  const resources = stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {}).map(([logicalId, resource]) => ({ ...resource, stack, logicalId })));
  const aliases = resources.filter(({ Type }) => Type === 'AWS::KMS::Alias');
  const encrypted = resources.flatMap((resource) => keyValues(resource).map((value) => ({ resource, value })));

  return resources.filter(({ Type }) => Type === 'AWS::KMS::Key' || Type === 'AWS::KMS::ReplicaKey').map((key) => {
    const isKey = (stack: AssemblyStack, value: unknown) =>
      references.of(stack, value).some((reference) => reference.stack === key.stack && reference.logicalId === key.logicalId);
    const policy = key.Properties?.KeyPolicy as { Statement?: unknown[] } | undefined;
    return {
      path: shortPath(key),
      aliases: aliases
        .filter(({ stack, Properties }) => isKey(stack, Properties?.TargetKeyId))
        .map(({ Properties }) => String(Properties?.AliasName)),
      policyBytes: policy ? keyPolicySize(policy) : 0,
      statements: policy?.Statement?.length ?? 0,
      encrypts: distinct(encrypted.filter(({ resource, value }) => isKey(resource.stack, value)).map(({ resource }) => resource)),
    };
  }).sort(byPath);
}

/** The values of the properties that name a key, as the catalogue knows them. */
function keyValues({ Type, Properties }: Resource): unknown[] {
  return KmsService.all()
    .flatMap(({ facts }) => facts.resources ?? [])
    .filter(({ type }) => type === Type)
    .flatMap(({ property }) => valuesAt(Properties, property.split('.')));
}

/** The values at a path of properties; lists on the way are followed item by item. */
function valuesAt(value: unknown, path: string[]): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => valuesAt(item, path));
  }
  if (value === undefined || path.length === 0) {
    return value === undefined ? [] : [value];
  }
  return value !== null && typeof value === 'object' ? valuesAt((value as Record<string, unknown>)[path[0]], path.slice(1)) : [];
}

/** A resource that names the key in several properties is encrypted once. */
function distinct(resources: Resource[]): EncryptedRow[] {
  return [...new Set(resources)].map((resource) => ({ path: shortPath(resource), type: resource.Type })).sort(byPath);
}

/** The construct that a reader of the app knows, not the resource inside it. */
function shortPath({ stack, logicalId }: Resource): string {
  return constructPath(stack, logicalId).replace(/\/Resource$/, '').replace(/\/Default$/, '');
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path.localeCompare(b.path, 'en');
}
