import { EC2_AUTO_SCALING } from '../../src/service/ec2-auto-scaling';

describe('Amazon EC2 Auto Scaling', () => {
  test('launches with its service-linked role, which uses the key and makes grants', () => {
    expect(EC2_AUTO_SCALING.serviceLinkedRoles).toEqual([{
      servicePrincipal: 'autoscaling.amazonaws.com',
      roleName: 'AWSServiceRoleForAutoScaling',
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      createsGrants: true,
      customSuffix: true,
    }]);
  });

  test('never calls for a caller: no fence would let it in', () => {
    expect(EC2_AUTO_SCALING.viaServices).toBeUndefined();
    expect(EC2_AUTO_SCALING.useActions).toBeUndefined();
    expect(EC2_AUTO_SCALING.createsGrants).toBeUndefined();
  });
});
