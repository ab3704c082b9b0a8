import { KmsService } from '../../src/service/kms-service';

test.each([
  [KmsService.EC2_FLEET, 'ec2fleet.amazonaws.com', 'AWSServiceRoleForEC2Fleet'],
  [KmsService.EC2_SPOT, 'spot.amazonaws.com', 'AWSServiceRoleForEC2Spot'],
  [KmsService.EC2_SPOT_FLEET, 'spotfleet.amazonaws.com', 'AWSServiceRoleForEC2SpotFleet'],
])('$facts.name launches with a service-linked role that does the eight operations of a grant', ({ facts }, servicePrincipal, roleName) => {
  expect(facts.serviceLinkedRoles).toEqual([{
    servicePrincipal,
    roleName,
    actions: [
      'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
    ],
    createsGrants: true,
  }]);
  expect(facts.viaServices).toBeUndefined();
});
