import { IConstruct } from 'constructs';

/** Where a key is, and the account whose principals use it without a statement of their own. */
export interface KeyEnvironment {
  /** The key, for error messages. */
  readonly scope: IConstruct;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}
