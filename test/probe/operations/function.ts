import {
  CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, Sandbox, tagsOf } from '../operation';
import { cleanProbeRoles, PROBE_PATH } from '../probe-role';
import { reason } from '../sweep';

const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

/**
 * Functions with an environment, deployed by AWS CloudFormation: one is invoked, the other one not before their role was deleted and made again.
 *
 * The role may do nothing: what decrypts is the grant.
 */
export const FUNCTION: Operation = {
  name: 'function',
  services: [KmsService.LAMBDA],
  makes: 'an AWS CloudFormation stack of two AWS Lambda functions and a role, and two invocations',
  dollars: 0.01,
  minutes: 40,

  async make(sandbox) {
    const { name, source: { aws: { iam, lambda } }, until, note } = sandbox;
    await deployed(sandbox);
    await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    await invoked(lambda, name);
    await iam.send(new DeleteRoleCommand({ RoleName: name }));
    await iam.send(new CreateRoleCommand({ RoleName: name, Path: PROBE_PATH, AssumeRolePolicyDocument: JSON.stringify(TRUST), Tags: tagsOf(name) }));
    await until('the role made again is known', 10, async () => {
      try {
        await invoked(lambda, `${name}-later`);
        note('an invocation after its role was deleted and made again did not fail');
        return true;
      } catch (error) {
        if ((error as Error).name === 'AccessDeniedException') {
          return false; // IAM is consistent later only.
        }
        note(`an invocation after its role was deleted and made again failed: ${reason(error)}`);
        return true;
      }
    });
  },

  async clean(place, sweep) {
    const { prefix, source: { cloudFormation, region } } = place;
    await sweep.each(`stack in ${region}`, () => everyPage(async (NextToken) => {
      const page = await cloudFormation.send(new DescribeStacksCommand({ NextToken }));
      return [page.Stacks?.filter(({ StackName }) => StackName?.startsWith(prefix)), page.NextToken];
    }),
    ({ StackName }) => StackName, ({ StackName }) => cloudFormation.send(new DeleteStackCommand({ StackName })));
    await cleanProbeRoles(place, sweep);
  },
};

async function deployed({ name, source: { aws: { cloudFormation }, key }, until }: Sandbox): Promise<void> {
  const functionOf = (FunctionName: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName,
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => process.env.PROBE;' },
      Environment: { Variables: { PROBE: 'probe' } },
      KmsKeyArn: key,
    },
  });
  await cloudFormation.send(new CreateStackCommand({
    StackName: name,
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Tags: tagsOf(name),
    TemplateBody: JSON.stringify({
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: name, Path: PROBE_PATH, AssumeRolePolicyDocument: TRUST } },
        Function: functionOf(name),
        Later: functionOf(`${name}-later`),
      },
    }),
  }));
  await until('the stack is complete', 15, async () => {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const { StackStatus } = Stacks![0];
    if (/ROLLBACK|FAILED/.test(StackStatus!)) {
      const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: name }));
      const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED'); // The first one comes last.
      throw new Error(`The stack was not made: ${failed.at(-1)?.ResourceStatusReason}`);
    }
    return StackStatus === 'CREATE_COMPLETE';
  });
}

async function invoked(lambda: LambdaClient, FunctionName: string): Promise<void> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  if (FunctionError) {
    throw new Error(`${FunctionName} failed: ${Payload?.transformToString()}`);
  }
}
