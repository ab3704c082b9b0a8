import { CfnResource, DefaultTokenResolver, IResolvable, IResolveContext, IPostProcessor, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
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
  const name = property.split('.')[0].toLowerCase();
  const finder = new ReferenceFinder();
  // A protected member, and the only one that names the properties of every resource: they are accessors of its class.
  const { cfnProperties } = resource as unknown as { cfnProperties: Record<string, unknown> };
  for (const [key, value] of Object.entries(cfnProperties)) {
    if (key.toLowerCase() === name) {
      Tokenization.resolve(value, { scope: resource, resolver: finder, preparing: false });
    }
  }
  return finder.targets;
}
