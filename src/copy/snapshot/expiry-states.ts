import { CLAIMS_FOUND, ClaimState, is, text } from './claims-calls';
import { CopierMachine, inMillis, NEXT, rest } from './copier-machine';
import { Failed } from './snapshot-kind';
import { jsonata, States } from './states';

const PAGE = 25;
/** A history has 25,000 events at most. */
const PAGES = 20;

const FIRST = '$expired[0]';

/** Deletes copies whose time has come, and what was known of them. */
export function expiryStates({ kind, claims, retention }: CopierMachine): States {
  if (retention === undefined) {
    return {};
  }
  const gone = { Next: 'Expired', Assign: { expired: jsonata(rest('$expired')) } };
  const failed: Failed = {
    // A refusal for good looks like any other, and one that is not for good is asked for again by the next execution.
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 2, JitterStrategy: 'FULL' }],
    Catch: [{
      ErrorEquals: ['States.ALL'], Next: 'FindExpired', Output: {}, Assign: { cause: jsonata('$states.errorOutput.Error & \': \' & $states.errorOutput.Cause') },
    }],
  };
  return {
    Expire: claims.oldest(ClaimState.COPIED, String(PAGE), {
      Next: 'Expired', Assign: { expired: jsonata(CLAIMS_FOUND), pages: jsonata('$pages + 1'), swept: jsonata(`$count($states.result.Items) < ${PAGE} or $pages + 1 >= ${PAGES}`) },
    }, inMillis(`-${retention}`)),
    Expired: { Type: 'Choice', Choices: [{ Condition: jsonata('$count($expired) > 0'), Next: 'RemoveExpired' }], Default: NEXT },
    ...kind.remove('RemoveExpired', `${FIRST}.copy`, `${FIRST}.snapshot`, { Next: 'Forget' }, failed),
    Forget: claims.forget(`${FIRST}.snapshot`, gone),
    // Perhaps it is not there any more: a service may refuse what it cannot find as if it were not allowed.
    ...kind.find('FindExpired', `[${FIRST}]`, { Next: 'StillThere' }),
    StillThere: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata(`$count($copies[id = ${FIRST}.copy]) = 0`), Next: 'Forget' },
        { Condition: jsonata(`$contains($cause, ${kind.errors.throttled})`), ...gone },
      ],
      Default: 'TellKept',
      Assign: { told: jsonata(`{'snapshot': ${FIRST}.snapshot, 'copy': ${FIRST}.copy, 'reason': 'A copy whose time has come could not be deleted: ' & $cause}`) },
    },
    Keep: claims.update({
      snapshot: `${FIRST}.snapshot`,
      set: { state: is(ClaimState.KEPT), reason: text('$told.reason') },
      where: ['=', ClaimState.COPIED],
      onward: gone,
      overtaken: gone,
    }),
  };
}
