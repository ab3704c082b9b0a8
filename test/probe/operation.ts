import { Stack } from 'aws-cdk-lib';
import { RegionClients } from './region-clients';
import { Sweep } from './sweep';
import { CustomerManagedKey, KmsService } from '../../src';

/** What the probe does once, with a key of its own in each Region. */
export interface Operation {
  /** Lower-case words with hyphens: it is in the names of everything that the operation makes. */
  readonly name: string;
  /** What the keys are handed to, with the Regions of both. */
  readonly services: readonly KmsService[];
  /** Further statements of its keys, such as those for what is wired. The stack is thrown away. */
  readonly wire?: (stack: Stack, key: CustomerManagedKey) => void;
  /** What it makes, for those who pay for it. */
  readonly makes: string;
  /** What it costs at most, in dollars of the US. */
  readonly dollars: number;
  /** How long it takes at most, until everything is deleted again. */
  readonly minutes: number;
  make(sandbox: Sandbox): Promise<void>;
  /** Deletes what there is of it, by name or tag, and notes what there was: it is asked again until there is nothing. */
  clean(place: Place, sweep: Sweep): Promise<void>;
}

export interface Place {
  /** How the names of what is meant begin, and the values of its tag. */
  readonly prefix: string;
  readonly source: RegionClients;
  readonly destination: RegionClients;
}

export interface Sandbox {
  /** Names what the operation makes, and is the value of its tag. */
  readonly name: string;
  readonly account: string;
  readonly partition: string;
  readonly source: SandboxRegion;
  readonly destination: SandboxRegion;
  /** Prints what AWS KMS is not asked for, such as a name that no page tells, below the findings. */
  note(what: string): void;
  /** Asks again until it is so. It fails after so many minutes, or when the probe is stopped. */
  until(what: string, minutes: number, isSo: () => Promise<boolean>): Promise<void>;
}

export interface SandboxRegion {
  readonly region: string;
  readonly aws: RegionClients;
  /** The ARN of the key there. */
  readonly key: string;
}

/** On everything that takes a tag. */
export const TAG = 'kms-probe';
/** What the names of everything begin with. */
export const PREFIX = 'kms-probe-';

export const tagsOf = (name: string) => [{ Key: TAG, Value: name }];
export const bothOf = ({ source, destination }: Place) => [source, destination];
