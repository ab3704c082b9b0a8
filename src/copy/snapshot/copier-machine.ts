import { ClaimsCalls } from './claims-calls';
import { CopyingKind } from './snapshot-kind';

/** What the definition of a copying state machine names. */
export interface CopierMachine {
  readonly kind: CopyingKind;
  readonly partition: string;
  readonly claims: ClaimsCalls;
  readonly queueUrl: string;
  readonly keyArn: string;
  /** How many copies are in progress at once. */
  readonly limit: number;
  /** How often a copy is begun before it is told as failed. */
  readonly attempts: number;
  /** How long copies are kept, in milliseconds, counted from when the snapshot was made. */
  readonly retention?: number;
}

/** The states that parts of the machine go to. */
export const NEXT = 'WhatNext';

/** JSONata: the rest of a list, an array even where it is empty. */
export const rest = (list: string): string => `[${list}[[1..$count(${list})]]]`;
/** JSONata: a moment, as text whose order is that of time. */
export const inMillis = (expression: string): string => `$fromMillis($millis() + (${expression}))`;
