import { Access } from './access';
import { AccessShape, OPEN } from './access-shape';
import { Reason } from './clause';
import { whyAllowed, whyDenied, whyUnknown } from './explanation';
import { OpenAnswer, openAnswer, reasonsOf, Verdict } from './open-answer';
import { outcomeOf } from './outcome';
import { Requirement } from './remaining-conditions';
import { lookupOf, NO_CONTEXT, RequestContext } from './request-context';
import { Lookup } from '../policy/policy-variables';

export type { Verdict } from './open-answer';

/** Policies that no template has: what is allowed here, also under conditions, they can still deny. They allow nothing, so that denied stays denied. */
export const UNSEEN_POLICIES: readonly string[] = ['service control policies', 'resource control policies', 'policies of VPC endpoints', 'session policies'];

/** An answer, as far as templates can give one: it has not seen `UNSEEN_POLICIES`. */
export interface Decision {
  readonly verdict: Verdict;
  /** The statements that it rests on, and in words what is missing or not known. */
  readonly because: readonly Reason[];
  /** What must hold beside, where the verdict is conditional: all requirements of one of the lists. */
  readonly conditions: readonly (readonly Requirement[])[];
  /** Why the key cannot do it whatever policies say. */
  readonly keyCannot?: string;
}

/** Answers to open questions take long, and most roles of an app have policies of the same few shapes. */
const OPEN_ANSWERS = new Map<string, OpenAnswer>();
const MOST_OPEN_ANSWERS = 5000;
/** Of one access. */
const MOST_DECISIONS = 1000;

/** Whether a request with a context is allowed; what a complete request does not say is absent, otherwise it may be anything. */
export function decide(access: Access, context: RequestContext = NO_CONTEXT, complete = false): Decision {
  const shape = access.memory.shape ??= new AccessShape(access);
  const request = lookupOf(context, access.known, complete);
  const sort = shape.sortOf(request, context);
  let decision = access.memory.decisions?.get(sort);
  if (!decision) {
    decision = sort.includes(OPEN) ? decideOpen(access, shape, request, context, sort) : decideComplete(access, request);
    const decisions = access.memory.decisions ??= new Map<string, Decision>();
    if (decisions.size < MOST_DECISIONS) {
      decisions.set(sort, decision);
    }
  }
  return decision;
}

function decideComplete(access: Access, request: Lookup): Decision {
  const outcome = outcomeOf(access, request);
  return outcome === true ? answer(access, 'allowed', whyAllowed(access, request))
    : outcome === false ? answer(access, 'denied', whyDenied(access, request)) : answer(access, 'unknown', whyUnknown(access, request));
}

function decideOpen(access: Access, shape: AccessShape, request: Lookup, context: RequestContext, sort: string): Decision {
  const name = `${shape.text}\n${sort}`;
  let open = OPEN_ANSWERS.get(name);
  if (!open) {
    open = openAnswer(access, request, context);
    if (OPEN_ANSWERS.size >= MOST_OPEN_ANSWERS) {
      OPEN_ANSWERS.clear();
    }
    OPEN_ANSWERS.set(name, open);
  }
  return { ...answer(access, open.verdict, reasonsOf(open, access, request)), conditions: open.conditions };
}

function answer({ keyCannot }: Access, verdict: Verdict, because: readonly Reason[]): Decision {
  return keyCannot === undefined ? { verdict, because, conditions: [] } : { verdict, because, conditions: [], keyCannot };
}
