import { KmsServiceFacts } from './kms-service-facts';

export const EC2_AUTO_SCALING: KmsServiceFacts = {
  name: 'Amazon EC2 Auto Scaling',
  serviceLinkedRoles: [{
    servicePrincipal: 'autoscaling.amazonaws.com',
    roleName: 'AWSServiceRoleForAutoScaling',
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    createsGrants: true,
    customSuffix: true,
  }],
  unconfirmed: [
    'AWS prints the service-linked role as the principal; the statements demand its ARN in `aws:PrincipalArn` instead, '
    + 'because a key policy that names a missing role is refused.',
  ],
  sources: [
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  ],
};
