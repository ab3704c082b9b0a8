import { failureReason } from './failure-reason';
import { SecureString } from './secure-string';
import { ParameterProperties, WantedParameter } from './wanted-parameter';
import { answer, Outcome } from '../../private/custom-resource/answer';
import { CustomResourceEvent, InvocationContext } from '../../private/custom-resource/custom-resource-event';
import { digest } from '../../private/custom-resource/digest';

export type ParameterEvent = CustomResourceEvent<ParameterProperties>;

const DOING = { Create: 'Making', Update: 'Changing', Delete: 'Deleting' };

/**
 * Makes, changes or deletes a SecureString parameter for CloudFormation.
 *
 * @param seconds how long to wait for what passes, before each new attempt
 */
export async function handleParameter(event: ParameterEvent, context: InvocationContext, seconds: readonly number[]): Promise<void> {
  const wanted = new WantedParameter(event.ResourceProperties);
  const failed = (failure: string): Outcome => ({ physicalId: event.PhysicalResourceId ?? `${wanted.name} (not made)`, failure });
  const late = failed(`${DOING[event.RequestType]} the parameter ${wanted.name} took too long; deploy again`);

  await answer(event, context, late, async (signal) => {
    try {
      const parameter = new SecureString({
        id: digest(event.RequestId),
        stackId: event.StackId,
        owner: digest(`${event.StackId} ${event.LogicalResourceId}`),
        physicalId: event.PhysicalResourceId,
        wanted,
        old: event.OldResourceProperties && new WantedParameter(event.OldResourceProperties),
        sessionName: event.LogicalResourceId,
        seconds,
        signal,
      });
      await (event.RequestType === 'Delete' ? parameter.delete() : parameter.put());
      return { physicalId: event.RequestType === 'Delete' ? event.PhysicalResourceId! : wanted.name };
    } catch (error) {
      return failed(failureReason(error, DOING[event.RequestType], wanted));
    }
  });
}
