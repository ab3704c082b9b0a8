import { CustomResource, Lazy, RemovalPolicy, TagManager } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ParameterProperties } from './handler/wanted-parameter';
import { resourceTags } from './resource-tags';
import { SecureStringWriter } from './secure-string-writer';

/** A parameter as the template has it. */
export interface SecureStringResourceProps {
  readonly resourceType: string;
  /** The one that writes it. */
  readonly role: iam.Role;
  readonly parameter: Omit<ParameterProperties, 'RoleArn' | 'Tags'>;
  readonly tags: TagManager;
  readonly removalPolicy?: RemovalPolicy;
}

/** A parameter that the function of the stack writes. */
export function secureStringResource(
  scope: Construct, id: string, { resourceType, role, parameter, tags, removalPolicy }: SecureStringResourceProps,
): CustomResource {
  const { serviceToken, serviceTimeout } = SecureStringWriter.of(scope).handler;
  const resource = new CustomResource(scope, id, {
    resourceType,
    serviceToken,
    serviceTimeout,
    removalPolicy,
    properties: {
      ...parameter,
      RoleArn: role.roleArn,
      Tags: Lazy.any({ produce: () => resourceTags(scope, tags)?.map(({ key, value }) => ({ Key: key, Value: value })) }),
    },
  });
  // The policy of the role comes before the parameter, and goes after it.
  resource.node.addDependency(role);
  return resource;
}
