import { App, Environment, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** The accounts of the two Stages, and one that both share. */
const STAGES = { Beta: '111122223333', Prod: '444455556666' };
const SHARED_ACCOUNT = '777788889999';

/**
 * Two Stages with stacks of the same names: keys in eu-west-1, one of them in a stack nested in a nested one, and who uses them.
 *
 * `Users` are in us-east-1, in a nested stack; `Neighbours` are beside the keys; `Partners` are in another account, the same for both Stages,
 * and so is `Inner`, a Stage in the Stage. The deep key lets the other account in.
 */
export function addTwoStages(app: App): void {
  jest.spyOn(console, 'warn').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  for (const [name, account] of Object.entries(STAGES)) {
    const stage = new Stage(app, name, { env: { account, region: 'eu-west-1' } });
    const keys = stackOf(stage, 'Keys');
    const key = new kms.Key(keys, 'Key');
    const deep = new kms.Key(new NestedStack(new NestedStack(keys, 'One'), 'Two'), 'Key', {
      policy: new iam.PolicyDocument({
        statements: [SHARED_ACCOUNT, account].map((one) => new iam.PolicyStatement({
          actions: ['kms:*'], resources: ['*'], principals: [new iam.AccountPrincipal(one)],
        })),
      }),
    });
    const both = [key.keyArn, deep.keyArn];
    addRole(new NestedStack(stackOf(stage, 'Users', { account, region: 'us-east-1' }), 'Nested'), both);
    addRole(stackOf(stage, 'Neighbours'), both);
    addRole(stackOf(stage, 'Partners', { account: SHARED_ACCOUNT, region: 'us-east-1' }), both);
    addRole(stackOf(new Stage(stage, 'Inner', { env: { account: SHARED_ACCOUNT, region: 'us-east-1' } }), 'Inner'), ['*']);
  }
}

function stackOf(stage: Stage, name: string, env?: Environment): Stack {
  return new Stack(stage, name, { stackName: name, crossRegionReferences: true, env });
}

function addRole(scope: Construct, resources: string[]): void {
  new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })
    .addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources }));
}
