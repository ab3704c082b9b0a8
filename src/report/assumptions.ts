import { stacksOf } from './assembly';

const EXECUTION_ROLE_ASSUMED = 'cdk-kms-patterns:executionRoleAssumed';

/** What the keys of a synthesized app rest on and no template shows, a sentence each. */
export function assumptions(directory: string): string[] {
  const stacks = stacksOf(directory).filter(({ metadata }) => Object.values(metadata).some((entries) =>
    entries.some(({ type, data }) => type === 'aws:cdk:info' && String(data).includes(EXECUTION_ROLE_ASSUMED))));
  return stacks.length === 0 ? [] : [
    `IAM allows kms:PutKeyPolicy to the role that CloudFormation deploys ${stacks.map(({ id }) => id).join(', ')} with.`,
  ];
}
