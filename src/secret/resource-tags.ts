import { CfnTag, Stack, TagManager } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The tags of a custom resource. CloudFormation gives it none of the stack by itself, as it does for resources of AWS. */
export function resourceTags(construct: IConstruct, own: TagManager): CfnTag[] | undefined {
  const stacks = construct.node.scopes.filter(Stack.isStack);
  const tags = Object.assign({}, ...stacks.map((stack) => stack.tags.tagValues()), own.tagValues()) as Record<string, string>;
  const sorted = Object.entries(tags).sort(([a], [b]) => a < b ? -1 : 1).map(([key, value]) => ({ key, value }));
  return sorted.length > 0 ? sorted : undefined;
}
