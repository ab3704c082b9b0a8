import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ServiceUse, viaServiceCondition } from './service-use';
import { KeyEnvironment } from '../private/key-environment';

/** What CloudFormation calls to make, read, change and delete a key. */
const KEY_LIFECYCLE = [
  'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DescribeKey', 'kms:DisableKey', 'kms:DisableKeyRotation', 'kms:EnableKey', 'kms:EnableKeyRotation',
  'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:TagResource',
  'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription',
];

/**
 * The IAM policy of an execution role that deploys a key and what is encrypted under it.
 * The id of the key is not known beforehand: the statements name all keys of its account and Region, fenced by service.
 */
export function deployPermissions(env: KeyEnvironment, services: ServiceUse[]): iam.PolicyDocument {
  const keys = `arn:${env.partition}:kms:${env.region}:${env.account}:key/*`;
  const aliases = `arn:${env.partition}:kms:${env.region}:${env.account}:alias/*`;
  const stack = Stack.of(env.scope);
  const statements = [
    // These actions are for no key yet: IAM takes no other resource.
    new iam.PolicyStatement({ sid: 'CreateKeys', actions: ['kms:CreateKey', 'kms:ListAliases'], resources: ['*'] }),
    new iam.PolicyStatement({ sid: 'ManageKeys', actions: KEY_LIFECYCLE, resources: [keys, aliases] }),
    // Stacks that refer to the key by Fn::GetStackOutput read its output.
    new iam.PolicyStatement({
      sid: 'ReadOutputs',
      actions: ['cloudformation:DescribeStacks'],
      resources: [`arn:${env.partition}:cloudformation:${env.region}:${env.account}:stack/${stack.stackName}/*`],
    }),
  ];
  for (const use of [...services].sort((a, b) => a.service.id.localeCompare(b.service.id, 'en'))) {
    const { deployActions = [], identityOnlyActions = [], createsGrants } = use.service.facts;
    const through = viaServiceCondition(use.deployViaServices);
    const direct = [...deployActions, ...identityOnlyActions].filter((action) => action !== 'kms:CreateGrant');
    if (direct.length > 0) {
      statements.push(new iam.PolicyStatement({ sid: `Encrypt${use.service.id}`, actions: direct, resources: [keys], conditions: through }));
    }
    if (createsGrants && deployActions.includes('kms:CreateGrant')) {
      statements.push(new iam.PolicyStatement({
        sid: `Grant${use.service.id}`, actions: ['kms:CreateGrant'], resources: [keys], conditions: use.grantFence,
      }));
    }
  }
  return new iam.PolicyDocument({ statements });
}
