import {
  CreateActivityCommand, CreateStateMachineCommand, DeleteActivityCommand, DeleteStateMachineCommand, DescribeExecutionCommand,
  GetActivityTaskCommand, ListActivitiesCommand, ListStateMachinesCommand, SendTaskSuccessCommand, StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, Sandbox, TAG } from '../operation';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** A state machine that waits for an activity, both encrypted. */
export const ACTIVITY: Operation = {
  name: 'activity',
  services: [KmsService.STEP_FUNCTIONS],
  makes: 'an AWS Step Functions state machine and activity, a role, and one execution',
  dollars: 0.01,
  minutes: 15,

  async make(sandbox) {
    const { name, source: { aws: { sfn }, key: kmsKeyId }, until } = sandbox;
    const common = { name, encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId } as const, tags: [{ key: TAG, value: name }] };
    const roleArn = await makeProbeRole(sandbox, { service: 'states.amazonaws.com' });
    const { activityArn } = await sfn.send(new CreateActivityCommand(common));
    const definition = JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Task', Resource: activityArn, End: true } } });
    const stateMachineArn = await stateMachine(sandbox, { ...common, roleArn, definition });
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
    await until('the activity is asked for', 5, async () => {
      const { taskToken } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
      if (taskToken) {
        await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
      }
      return Boolean(taskToken);
    });
    await until('the execution ended', 5, async () => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status !== 'RUNNING');
  },

  async clean(place, sweep) {
    const { prefix, source: { sfn, region } } = place;
    await sweep.each(`state machine in ${region}`, () => everyPage(async (nextToken) => {
      const page = await sfn.send(new ListStateMachinesCommand({ nextToken }));
      return [page.stateMachines?.filter(({ name }) => name!.startsWith(prefix)), page.nextToken];
    }),
    ({ name }) => name, ({ stateMachineArn }) => sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
    await sweep.each(`activity in ${region}`, () => everyPage(async (nextToken) => {
      const page = await sfn.send(new ListActivitiesCommand({ nextToken }));
      return [page.activities?.filter(({ name }) => name!.startsWith(prefix)), page.nextToken];
    }),
    ({ name }) => name, ({ activityArn }) => sfn.send(new DeleteActivityCommand({ activityArn })));
    await cleanProbeRoles(place, sweep);
  },
};

/** IAM is consistent later only: the role may not be known yet. */
async function stateMachine({ source: { aws: { sfn } }, until }: Sandbox, input: CreateStateMachineCommand['input']): Promise<string> {
  let arn: string | undefined;
  await until('the role is known', 5, async () => {
    try {
      arn = (await sfn.send(new CreateStateMachineCommand(input))).stateMachineArn;
      return true;
    } catch (error) {
      if (/AccessDenied/.test((error as Error).name)) {
        return false;
      }
      throw error;
    }
  });
  return arn!;
}
