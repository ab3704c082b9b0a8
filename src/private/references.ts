import {
  CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Puts a mark into the place of each reference. */
class ReferenceMarker extends DefaultTokenResolver {
  private readonly targets: IConstruct[] = [];

  constructor() {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    return Reference.isReference(token) ? `<reference ${this.targets.push(token.target) - 1}>` : super.resolveToken(token, context, postProcessor);
  }

  /** The constructs whose marks are in a value. */
  public targetsIn(value: unknown): IConstruct[] {
    return [...(JSON.stringify(value) ?? '').matchAll(/<reference (\d+)>/g)].map(([, index]) => this.targets[Number(index)]);
  }
}

/** The constructs that a property of a resource refers to, by its CloudFormation name or the path to it. */
export function referencesOf(resource: CfnResource, property: string): Set<IConstruct> {
  const marker = new ReferenceMarker();
  const values = resolvedAt(resource, property, (value) => Tokenization.resolve(value, { scope: resource, resolver: marker, preparing: false }));
  return new Set(values.flatMap((value) => marker.targetsIn(value)));
}

/** The constructs that a value refers to. */
export function referencesIn(scope: IConstruct, value: unknown): Set<IConstruct> {
  const marker = new ReferenceMarker();
  return new Set(marker.targetsIn(Tokenization.resolve(value, { scope, resolver: marker, preparing: false })));
}

/** The values of a property of a resource, as they will stand in the template. */
export function propertyValues(resource: CfnResource, property: string): unknown[] {
  return resolvedAt(resource, property, (value) => Stack.of(resource).resolve(value));
}

/** A property of a resource as text, as it will stand in the template. */
export function propertyText(resource: CfnResource, property: string): string {
  return JSON.stringify(propertyValues(resource, property));
}

/** Only the property itself is resolved: others may not be ready yet. */
function resolvedAt(resource: CfnResource, property: string, resolve: (value: unknown) => unknown): unknown[] {
  const [name, ...path] = property.split('.');
  // A protected member, and the only one that names the properties of every resource: they are accessors of its class.
  const { cfnProperties } = resource as unknown as { cfnProperties: Record<string, unknown> };
  return Object.entries(cfnProperties)
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .flatMap(([, value]) => valuesAt(resolve(value), path));
}

/** The values at a path, whose names are those of CloudFormation; lists and intrinsic functions on the way are followed. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (value === undefined || value === null || path.length === 0) {
    return value === undefined || value === null ? [] : [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => valuesAt(item, path));
  }
  const entries = typeof value === 'object' ? Object.entries(value) : [];
  return entries.flatMap(([name, child]) => name.startsWith('Fn::')
    ? valuesAt(child, path)
    : name.toLowerCase() === path[0].toLowerCase() ? valuesAt(child, path.slice(1)) : []);
}
