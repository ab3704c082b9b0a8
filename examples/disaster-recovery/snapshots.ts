import { type App } from 'aws-cdk-lib';

/** The copies in the other Region that stores are restored from. */
export interface Snapshots {
  readonly catalogue: string;
  readonly ledger: string;
  readonly warehouse: string;
}

/** Those that `-c restoreFrom=…` names, as a JSON object. */
export function snapshotsToRestore(app: App): Snapshots | undefined {
  const given: string | undefined = app.node.tryGetContext('restoreFrom');
  return given === undefined ? undefined : JSON.parse(given);
}
