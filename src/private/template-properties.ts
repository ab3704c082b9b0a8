import { CfnResource, Stack } from 'aws-cdk-lib';

/** The properties of a resource as they will stand in the template, with what `addPropertyOverride` changes. */
export function templateProperties(resource: CfnResource): Record<string, any> {
  // An internal member, which each synthesis calls: nothing public knows the overrides.
  const { _toCloudFormation } = resource as unknown as { _toCloudFormation(): unknown };
  const { Resources } = Stack.of(resource).resolve(_toCloudFormation.call(resource)) as { Resources: Record<string, { Properties?: object }> };
  return Object.values(Resources)[0].Properties ?? {};
}
