import { type Checks } from './checks';
import { type DeployedApp } from './deployed-app';

/** Instead of a key: encrypted by Amazon S3 under keys of its own, as a target of access logs has to be. */
export const SSE_S3 = 'AES256';
/** Instead of a key: a log of the library's own functions, which holds nothing that was entrusted to anybody. */
export const NO_KEY = 'no key';

export interface KeyExpectation {
  /** Every alias of the key. */
  readonly aliases: string[];
  /** Days between rotations at first and after the change; leave out when the key does not rotate. */
  readonly rotationDays?: [before: number, after: number];
}

/** What is restored by the second deployment, from copies that are made of the first one. */
export interface RestoreExpectations {
  /** What somebody or a service does in between, such as copying a snapshot. It returns context of the second deployment, beside `change`. */
  readonly copy: (app: DeployedApp, checks: Checks) => Promise<Record<string, string>>;
  /** The key under which each data store of the second deployment is encrypted that the first one did not have. */
  readonly encryptedUnder: Record<string, string>;
  /** What else is asked of the second deployment, such as of which snapshot a volume is. */
  readonly readBack?: (app: DeployedApp, checks: Checks) => Promise<void>;
}

/** What one example must have become; resources are named by construct path. Everything that is not named here and is there fails. */
export interface ExampleExpectations {
  /** The context of the second deployment. */
  readonly change: Record<string, string>;
  readonly keys: Record<string, KeyExpectation>;
  /** The key (or `SSE_S3`, `NO_KEY`) under which each data store is encrypted; all stores of the kinds in `store-keys.ts` must be here. */
  readonly encryptedUnder: Record<string, string>;
  /** What is still there after `cdk destroy`. */
  readonly retained: string[];
  /** Resource types that moto passes over: nothing about them was deployed. */
  readonly skippedByMoto: string[];
  /** Where the second deployment restores something. */
  readonly restore?: RestoreExpectations;
  /** The stacks that are bound to other accounts; nothing of them is deployed. */
  readonly elsewhere?: string[];
}
