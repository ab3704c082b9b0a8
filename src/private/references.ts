import {
  CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Notes the constructs that are referred to, and leaves their values out. */
class ReferenceFinder extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  constructor() {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) {
      this.targets.add(token.target);
      return undefined;
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** The constructs that a property of a resource refers to, by its CloudFormation name or a path that starts with it. */
export function referencesOf(resource: CfnResource, property: string): Set<IConstruct> {
  const finder = new ReferenceFinder();
  for (const value of valuesOf(resource, property)) {
    Tokenization.resolve(value, { scope: resource, resolver: finder, preparing: false });
  }
  return finder.targets;
}

/** A property of a resource as text, as it will stand in the template. */
export function propertyText(resource: CfnResource, property: string): string {
  return JSON.stringify(Stack.of(resource).resolve(valuesOf(resource, property)));
}

function valuesOf(resource: CfnResource, property: string): unknown[] {
  const name = property.split('.')[0].toLowerCase();
  // A protected member, and the only one that names the properties of every resource: they are accessors of its class.
  const { cfnProperties } = resource as unknown as { cfnProperties: Record<string, unknown> };
  return Object.entries(cfnProperties).filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}
