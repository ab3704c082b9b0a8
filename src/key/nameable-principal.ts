import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { arnsOf } from '../private/grantee';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** Refuses roles and users whose ARN a stack of another Region cannot know, because AWS CloudFormation makes up their name. */
export function assertNameableIn(stack: Stack, principal: iam.IPrincipal, prop: string, key: IConstruct): void {
  try {
    stack.resolve(arnsOf(principal.grantPrincipal));
  } catch {
    // AWS CDK gives a name to none that it has not got from its author.
    throw new KmsPatternsError('PrincipalWithoutName',
      `${prop} of a replica is named in a key policy of another Region, given: ${principal}, whose name is known at deployment only; `
      + 'give it a name, or name one that exists', key);
  }
}
