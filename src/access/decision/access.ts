import { AccessShape } from './access-shape';
import { Clause, Reason } from './clause';
import { Decision } from './decision';
import { KnownContext } from './known-context';

/** Where the statements of a factor stand. */
export type Half = 'key policy' | 'trust policy' | 'IAM policy' | 'IAM policy on the alias' | 'permissions boundary' | 'grant' | 'account';

/** One of several statements must apply. */
export interface Factor {
  readonly half: Half;
  readonly alternatives: readonly Clause[];
  /** What it takes, in words, where none applies. */
  readonly missing: string;
}

/** A way to be allowed: every factor must be met. */
export interface Route {
  readonly kind: 'named' | 'delegated' | 'another account' | 'grant' | 'IAM only';
  readonly factors: readonly Factor[];
}

/** What decides whether a principal may do an action on a key or a role, whatever the request says beside. */
export interface Access {
  readonly routes: readonly Route[];
  /** Ways that no request can take, because a factor has no statement at all. */
  readonly closed: readonly Route[];
  readonly denies: readonly Clause[];
  /** Why ways that there could be are none. */
  readonly missing: readonly Reason[];
  readonly known: KnownContext;
  /** Why the key could not do it all the same. */
  readonly keyCannot?: string;
  /** What answers depend on, and those that were given, by the sort of the request. */
  readonly memory: { shape?: AccessShape; decisions?: Map<string, Decision> };
}
