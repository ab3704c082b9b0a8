import { CfnResource } from 'aws-cdk-lib';
import { propertyText, propertyValues, referencesOf } from '../private/references';

/**
 * The custom suffix of the service-linked role that a property of a resource names: none where it names the one without, nothing where it is known
 * at deployment only.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html#create-service-linked-role-manual
 */
export function customSuffix(resource: CfnResource, property: string, roleName: string): string | undefined {
  const [role] = [...referencesOf(resource, property)].filter((target): target is CfnResource =>
    CfnResource.isCfnResource(target) && target.cfnResourceType === 'AWS::IAM::ServiceLinkedRole');
  if (role) {
    const [suffix = ''] = propertyValues(role, 'CustomSuffix');
    return typeof suffix === 'string' ? suffix : undefined;
  }
  const text = propertyText(resource, property);
  return text === '[]' ? '' : new RegExp(`/${roleName}(?:_([\\w+=,.@-]+))?"`).exec(text)?.slice(1).map((suffix) => suffix ?? '')[0];
}
