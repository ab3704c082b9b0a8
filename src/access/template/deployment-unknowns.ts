import { Deployment } from './template';
import { unknownText } from '../text/text';

/** What is not known of a deployment is the same unknown in all templates of an app: its stacks go to one account and Region unless they say otherwise. */
export const UNKNOWN_DEPLOYMENT: Deployment = {
  account: unknownText('AWS::AccountId'),
  region: unknownText('AWS::Region'),
  partition: unknownText('AWS::Partition'),
};
