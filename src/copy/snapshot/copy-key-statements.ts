import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allOf, Conditions, oneOrMore } from '../../private/conditions';
import { KmsService } from '../../service/kms-service';
import { anyKey, NamedKeys } from '../source-keys';

export interface CopyKeys {
  readonly service: KmsService;
  readonly regions: string[];
  /** Of the snapshots. */
  readonly source: Stack;
  /** Of the key that copies are encrypted under. */
  readonly keyArn: string;
  /** Those of the snapshots. */
  readonly named: NamedKeys;
}

/** What lets a role use keys of both Regions to copy: through the service of either Region only. */
export function copyKeyStatements({ service, regions, source, keyArn, named: { resources, aliases } }: CopyKeys): iam.PolicyStatement[] {
  const { viaServices = [], useActions = [] } = service.facts;
  const through: Conditions = { StringEquals: { 'kms:ViaService': oneOrMore(viaServices.flatMap((name) => regions.map((region) => `${name}.${region}.amazonaws.com`))) } };
  const both = (keys: string[], further: Conditions = {}) => [
    new iam.PolicyStatement({ actions: useActions, resources: keys, conditions: allOf(through, further) }),
    new iam.PolicyStatement({ actions: ['kms:CreateGrant'], resources: keys, conditions: allOf(through, further, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }) }),
  ];
  return [
    ...both([keyArn, ...resources]),
    ...aliases.length > 0 ? both([anyKey(source)], { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': oneOrMore(aliases) } }) : [],
  ];
}
