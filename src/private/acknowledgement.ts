import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** In the packs of cdk-nag that have a rule of this name. */
export function inPacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}

/** For what no user could mend. */
export function acknowledge(construct: IConstruct, reason: string, ids: string[]): void {
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
}
