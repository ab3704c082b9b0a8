import { Decision, Verdict } from '../decision/decision';
import { Text } from '../text/text';

/** What somebody can do to get to use a key. */
export interface Ladder {
  /** The action that they ask for. */
  readonly action: string;
  /** What they do, in words. */
  readonly how: string;
  /** The ARNs of whom or what it takes, in order: roles that they become, a group, a policy. */
  readonly through: readonly Text[];
  /** Whether they may, and what then is left of conditions on the use. */
  readonly decision: Decision;
}

/** How somebody could give itself the use of a key. */
export interface Escalation extends Ladder {
  /** Whether they may use it without. */
  readonly already: Verdict;
}
