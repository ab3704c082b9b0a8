import { type App, Validations } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** What cdk-nag finds and stays as it is. */
export interface Acknowledgement {
  /** Construct paths. */
  readonly at: string[];
  readonly rules: string[];
  readonly reason: string;
}

export function acknowledgeFindings(app: App, acknowledgements: Acknowledgement[]): void {
  for (const { at, rules, reason } of acknowledgements) {
    at.map((path) => constructAt(app, path)).forEach((construct) => rules.forEach((rule) => acknowledge(construct, rule, reason)));
  }
}

/** A rule in the three packs whose names start alike. */
export function inPacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}

function acknowledge(construct: IConstruct, id: string, reason: string): void {
  if (id.split('::').length > 2) {
    // Validations refuses such an id, which cdk-nag makes of a policy's ARNs and references.
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
  } else {
    Validations.of(construct).acknowledge({ id, reason });
  }
}

function constructAt(app: App, path: string): IConstruct {
  return path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), app);
}
