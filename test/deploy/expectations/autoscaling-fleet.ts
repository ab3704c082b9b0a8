import { type ExampleExpectations } from '../example-expectations';

const VOLUMES = 'AutoscalingFleetKeys/Volumes';
const OPERATIONS = 'AutoscalingFleetKeys/Operations';

export const expectations: ExampleExpectations = {
  change: { rotationDays: '180' },
  keys: {
    [VOLUMES]: { aliases: ['alias/autoscaling-fleet/volumes'], rotationDays: [365, 180] },
    [OPERATIONS]: { aliases: ['alias/autoscaling-fleet/operations'], rotationDays: [365, 180] },
  },
  encryptedUnder: {
    'AutoscalingFleetInstances/Evidence': VOLUMES,
    'AutoscalingFleetInstances/Workers': VOLUMES,
    'AutoscalingFleetInstances/Launches': OPERATIONS,
    'AutoscalingFleetNetwork/Rejections': OPERATIONS,
  },
  retained: [
    VOLUMES, `${VOLUMES}/Alias`, OPERATIONS, `${OPERATIONS}/Alias`,
    'AutoscalingFleetInstances/Evidence', 'AutoscalingFleetNetwork/Rejections',
  ],
  skippedByMoto: [
    'AWS::AutoScaling::ScalingPolicy',
    'AWS::EC2::EC2Fleet',
    'AWS::SNS::TopicPolicy',
    'Custom::VpcRestrictDefaultSG',
  ],
};
