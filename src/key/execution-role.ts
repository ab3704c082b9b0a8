import { Aws, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The ARN of the role with which CloudFormation deploys a construct, taken from the stack's synthesizer;
 * nothing where CloudFormation acts with the credentials of whoever deploys.
 */
export function executionRoleArn(scope: IConstruct): string | undefined {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) {
    stack = stack.nestedStackParent;
  }
  const { cloudFormationExecutionRoleArn } = stack.synthesizer as { cloudFormationExecutionRoleArn?: string };
  return cloudFormationExecutionRoleArn
    ?.replace(/\$\{AWS::Partition\}/g, Aws.PARTITION)
    .replace(/\$\{AWS::AccountId\}/g, Aws.ACCOUNT_ID)
    .replace(/\$\{AWS::Region\}/g, Aws.REGION);
}
