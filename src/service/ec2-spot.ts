import { BY_KEY_POLICY, LAUNCH_ACTIONS } from './ec2-fleet';
import { KmsServiceFacts } from './kms-service-facts';

// Also for Spot Instances that a fleet launches.
export const EC2_SPOT: KmsServiceFacts = {
  name: 'Amazon EC2 Spot Instances',
  serviceLinkedRoles: [{
    servicePrincipal: 'spot.amazonaws.com',
    roleName: 'AWSServiceRoleForEC2Spot',
    actions: LAUNCH_ACTIONS,
    createsGrants: true,
  }],
  unconfirmed: [
    BY_KEY_POLICY,
    'No page says whether the Spot Instances of an Auto Scaling group need this role beside that of the group; it is asked for.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html',
  ],
};
