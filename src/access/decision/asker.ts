import { Caller } from '../principal/caller';
import { Identity, PolicySet } from '../principal/policy-attachments';
import { Text } from '../text/text';

/** Somebody who asks, and what is known of them. */
export interface Asker {
  readonly caller: Caller;
  /** The role or user that asks, where it is one. */
  readonly identity?: Identity;
  /** The policies of the identity; nothing for services and account roots, which have none. */
  readonly policies?: PolicySet;
  readonly boundary?: PolicySet;
  /** Whether nobody knows if there is a boundary. */
  readonly boundaryUnknown?: string;
  readonly tags: ReadonlyMap<string, Text>;
}
