import { KmsServiceFacts } from './kms-service-facts';

/** The operations of the grants that AWS prints for the service-linked roles that launch instances, `CreateGrant` apart. */
export const LAUNCH_ACTIONS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** What no page confirms of such a role. */
export const BY_KEY_POLICY = 'AWS prints a grant to the service-linked role, which CloudFormation cannot make; the key policy allows its operations '
  + 'instead, and demands the ARN of the role in `aws:PrincipalArn`, because a key policy that names a missing role is refused.';

// Not for a fleet of type `instant`: its caller launches.
export const EC2_FLEET: KmsServiceFacts = {
  name: 'Amazon EC2 Fleet',
  serviceLinkedRoles: [{
    servicePrincipal: 'ec2fleet.amazonaws.com',
    roleName: 'AWSServiceRoleForEC2Fleet',
    actions: LAUNCH_ACTIONS,
    createsGrants: true,
  }],
  unconfirmed: [BY_KEY_POLICY],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html',
  ],
};
