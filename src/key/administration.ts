import * as iam from 'aws-cdk-lib/aws-iam';
import { accountRootArn, KeyStatement } from './key-statement';
import { oneOrMore } from '../private/conditions';
import { KeyEnvironment } from '../private/key-environment';

const READ_METADATA = [
  'kms:DescribeKey', 'kms:GetKeyLastUsage', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus',
  'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListKeyRotations', 'kms:ListResourceTags',
];
const ADMINISTER = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DisableKey', 'kms:DisableKeyRotation',
  'kms:EnableKey', 'kms:EnableKeyRotation', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion',
  'kms:TagResource', 'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription',
];
const BREAK_GLASS = ['kms:CancelKeyDeletion', 'kms:EnableKey', 'kms:PutKeyPolicy', ...READ_METADATA];

/** Who administers a key. Administration is not use: none of its actions encrypts, decrypts or makes grants. */
export interface Administration {
  /** ARNs of the administrators, or nothing where the account's IAM policies decide. */
  readonly administrators?: readonly string[];
  /** ARNs of those who may change the key policy. */
  readonly policyAdministrators?: readonly string[];
  readonly asymmetric: boolean;
  readonly denyDirectGrants: boolean;
  readonly denyPolicyLockoutBypass: boolean;
}

/**
 * The fixed part of every key policy.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function administrationStatements(env: KeyEnvironment, administration: Administration): KeyStatement[] {
  const root = { AWS: accountRootArn(env) };
  const named = (arns?: readonly string[]) => arns ? { AWS: oneOrMore(arns) } : root;
  return [
    {
      // Always open to the account: without it, IAM Access Analyzer and the AWS Config rule behind KMS.5 cannot read the key.
      sid: 'ReadMetadata',
      principal: root,
      actions: administration.asymmetric ? [...READ_METADATA, 'kms:GetPublicKey'] : READ_METADATA,
    },
    { sid: 'Administer', principal: named(administration.administrators), actions: ADMINISTER },
    // No condition: whether AWS KMS would see it met in its lock-out check is documented nowhere.
    { sid: 'ChangePolicy', principal: named(administration.policyAdministrators), actions: ['kms:PutKeyPolicy'] },
    ...administration.administrators ? [{
      // This value of aws:PrincipalArn means the root user, who can always let the account in again.
      sid: 'BreakGlass',
      principal: root,
      actions: BREAK_GLASS,
      conditions: { ArnEquals: { 'aws:PrincipalArn': root.AWS } },
    }] : [],
    ...administration.denyDirectGrants ? [{
      // The shape that the AWS Control Tower control CT.KMS.PR.3 demands; services that call for themselves carry no flag.
      sid: 'DenyDirectGrants',
      effect: iam.Effect.DENY,
      principal: { AWS: '*' },
      actions: ['kms:CreateGrant'],
      conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
    }] : [],
    ...administration.denyPolicyLockoutBypass ? [{
      sid: 'DenyBypass',
      effect: iam.Effect.DENY,
      principal: { AWS: '*' },
      actions: ['kms:PutKeyPolicy'],
      conditions: { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } },
    }] : [],
  ];
}
