import { DeclaredIdentity } from './principal/identities';
import { Template } from './template/template';
import { parseArn } from './text/arn';

/**
 * The roles with which CloudFormation deploys stacks, with the policy that `cdk bootstrap` attaches to them unless it is told otherwise.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export function executionRoles(templates: readonly Template[]): DeclaredIdentity[] {
  const arns = new Set(templates.map(({ executionRoleArn }) => executionRoleArn).filter((arn) => arn !== undefined));
  return [...arns].map((arn) => ({
    arn,
    managedPolicyArns: [`arn:${parseArn(arn)?.partition ?? 'aws'}:iam::aws:policy/AdministratorAccess`],
    assumed: 'AdministratorAccess is attached to it, as cdk bootstrap does unless it is told otherwise',
  }));
}
