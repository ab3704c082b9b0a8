import { ClaimState, is, number, text } from './claims-calls';
import { CopierMachine, NEXT } from './copier-machine';
import { jsonata, repeatable, State, States } from './states';

/** Tells people, before it is written down that they were told. */
export function refuseStates({ claims, partition, queueUrl, retention }: CopierMachine): States {
  const tell = (message: string, Next: string): State => repeatable(`arn:${partition}:states:::sqs:sendMessage`, {
    Arguments: { QueueUrl: queueUrl, MessageBody: jsonata(`$string(${message})`) }, Output: {}, Next,
  });
  return {
    RefuseProblem: {
      Type: 'Pass',
      Next: 'Refuse',
      Assign: { refused: jsonata('{\'snapshot\': $notice.snapshot, \'attempts\': 0, \'reason\': $problem}'), before: 0, problem: false, fetched: true },
    },
    Refuse: tell('$refused', 'Refused'),
    Refused: claims.update({
      snapshot: '$refused.snapshot',
      set: { state: is(ClaimState.FAILED), since: text('$fromMillis($millis())'), attempts: number('$refused.attempts'), reason: text('$refused.reason') },
      where: ['<>', ClaimState.COPIED],
      before: '$before',
      onward: { Next: NEXT },
      overtaken: { Next: NEXT },
    }),
    TellSurplus: tell('$told', 'Settle'),
    ...retention === undefined ? {} : { TellKept: tell('$told', 'Keep') },
  };
}
