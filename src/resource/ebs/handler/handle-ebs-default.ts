import { EbsDefault } from './ebs-default';
import { EbsEncryptionProperties, RECORD_NAME } from './ebs-encryption-properties';
import { failureReason } from './failure-reason';
import { answer } from '../../../private/custom-resource/answer';
import { CustomResourceEvent, InvocationContext } from '../../../private/custom-resource/custom-resource-event';
import { digest } from '../../../private/custom-resource/digest';

export type EbsDefaultEvent = CustomResourceEvent<EbsEncryptionProperties>;

const DOING = { Create: 'Setting', Update: 'Changing', Delete: 'Restoring' };

/**
 * Sets EBS encryption by default for CloudFormation, or restores what it was before.
 *
 * @param seconds how long to wait for what passes, before each new attempt
 */
export async function handleEbsDefault(event: EbsDefaultEvent, context: InvocationContext, seconds: readonly number[]): Promise<void> {
  const doing = DOING[event.RequestType];
  // There is one in an account and Region: it never changes, whatever key it has.
  const physicalId = event.PhysicalResourceId ?? RECORD_NAME;
  const late = { physicalId, failure: `${doing} EBS encryption by default took too long; deploy again` };

  await answer(event, context, late, async (signal) => {
    try {
      const setting = new EbsDefault({
        id: digest(event.RequestId),
        creates: event.RequestType === 'Create',
        owner: { stack: event.StackId, resource: event.LogicalResourceId },
        keyArn: event.ResourceProperties.KeyArn,
        oldKeyArn: event.OldResourceProperties?.KeyArn,
        seconds,
        signal,
      });
      return { physicalId, note: await (event.RequestType === 'Delete' ? setting.delete() : setting.put()) };
    } catch (error) {
      return { physicalId, failure: failureReason(error, doing) };
    }
  });
}
