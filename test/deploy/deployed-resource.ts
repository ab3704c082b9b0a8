import { type Aws } from './aws';

/** A resource of a deployed stack. */
export interface DeployedResource {
  readonly type: string;
  /** The construct path that expectations use. */
  readonly path: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  /** moto passed the resource over, although the stack says CREATE_COMPLETE. */
  readonly skipped: boolean;
  /** A property of the template, with its references to the stack's resources resolved. */
  readonly property: (name: string) => any;
  readonly retained: boolean;
  readonly aws: Aws;
}
