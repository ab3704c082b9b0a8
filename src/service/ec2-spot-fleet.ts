import { BY_KEY_POLICY, LAUNCH_ACTIONS } from './ec2-fleet';
import { KmsServiceFacts } from './kms-service-facts';

export const EC2_SPOT_FLEET: KmsServiceFacts = {
  name: 'Amazon EC2 Spot Fleet',
  serviceLinkedRoles: [{
    servicePrincipal: 'spotfleet.amazonaws.com',
    roleName: 'AWSServiceRoleForEC2SpotFleet',
    actions: LAUNCH_ACTIONS,
    createsGrants: true,
  }],
  unconfirmed: [BY_KEY_POLICY],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-prerequisites.html',
  ],
};
