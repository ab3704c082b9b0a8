import { App, AppProps, CloudFormationValidatePlugin, Environment, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * Takes the place of the built-in validation, whose engine costs a second for each worker and 40 ms a template.
 * Only newer versions of aws-cdk-lib have a switch for it.
 */
export const SHAPES_ONLY: IPolicyValidationPlugin = Object.create(CloudFormationValidatePlugin.prototype, {
  name: { value: 'Shapes only' },
  ruleIds: { value: [] },
  version: { value: undefined },
  validate: { value: () => ({ success: true, violations: [] }) },
});

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const REGION = 'eu-west-2';
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** An app in which partitions are written out, so that ARNs read as users know them. */
export function newApp(context: Record<string, unknown> = {}, props: AppProps = {}): App {
  const app = new App({ treeMetadata: false, context: { '@aws-cdk/core:enablePartitionLiterals': true, ...context }, ...props });
  Validations.of(app).addPlugins(SHAPES_ONLY);
  return app;
}

/** A stack with an account and a Region; `{}` for one whose environment is known at deployment only. */
export function newStack(app = newApp(), id = 'Keys', env: Environment = { account: ACCOUNT, region: REGION }): Stack {
  return new Stack(app, id, { env });
}

export function newRole(scope: Construct, id = 'Role', roleName?: string): iam.Role {
  return new iam.Role(scope, id, { roleName, assumedBy: new iam.AccountRootPrincipal() });
}

/** A role that exists, known by its ARN. */
export function roleArn(name: string, account = ACCOUNT): iam.ArnPrincipal {
  return new iam.ArnPrincipal(`arn:aws:iam::${account}:role/${name}`);
}
