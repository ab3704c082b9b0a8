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
  for (const key in resource) {
    if (key.toLowerCase() === name) {
      Tokenization.resolve((resource as unknown as Record<string, unknown>)[key], { scope: resource, resolver: finder, preparing: false });
    }
  }
  return finder.targets;
}
