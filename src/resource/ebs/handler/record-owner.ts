import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { patiently } from '../../../private/custom-resource/patience';
import { RETRIES } from '../../../private/custom-resource/retries';

/** The resource of a stack that set EBS encryption by default. */
export interface RecordOwner {
  /** The ARN of the stack. Another stack of the same name has another one. */
  readonly stack: string;
  readonly resource: string;
}

/** Deleted, or retained when it left its stack. */
const GONE = ['DELETE_COMPLETE', 'DELETE_SKIPPED'];

/** Whether the resource is in its stack still. CloudFormation remembers those of deleted stacks for 90 days, and then does not know them. */
export async function isInStack({ stack, resource }: RecordOwner, seconds: readonly number[], abortSignal: AbortSignal): Promise<boolean> {
  const cloudFormation = new CloudFormationClient(RETRIES);
  const command = new DescribeStackResourceCommand({ StackName: stack, LogicalResourceId: resource });
  try {
    const { StackResourceDetail } = await patiently(seconds, abortSignal, () => cloudFormation.send(command, { abortSignal }));
    return !GONE.includes(`${StackResourceDetail?.ResourceStatus}`);
  } catch (error) {
    if ((error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message)) {
      return false;
    }
    throw error;
  }
}
