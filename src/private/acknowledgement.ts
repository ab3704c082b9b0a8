import { Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** In the packs of cdk-nag that have a rule of this name. */
export function inPacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}

/** For what no user could mend. */
export function acknowledge(construct: IConstruct, reason: string, ids: string[]): void {
  for (const id of ids) {
    // AWS CDK takes no id with two `::`, as ARNs have them.
    if (id.split('::').length > 2) {
      construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
    } else {
      Validations.of(construct).acknowledge({ id, reason });
    }
  }
}

/** What AwsSolutions finds of resources with an asterisk, as it writes them. */
export function wildcardsOf(scope: IConstruct, statements: readonly iam.PolicyStatement[]): string[] {
  const resources = statements.flatMap((statement) => statement.resources).map((resource) => written(Stack.of(scope).resolve(resource)));
  return [...new Set(resources)].filter((resource) => resource.includes('*')).map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`);
}

function written(resource: string | { readonly [intrinsic: string]: any }): string {
  if (typeof resource === 'string') {
    return resource;
  }
  const [[intrinsic, argument]] = Object.entries(resource);
  return intrinsic === 'Fn::Join' ? argument[1].map(written).join(argument[0]) : `<${intrinsic === 'Ref' ? argument : argument.join('.')}>`;
}
