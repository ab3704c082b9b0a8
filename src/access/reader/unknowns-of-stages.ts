import { relative } from 'path';
import { AssemblyStack } from './assembly-stacks';
import { UNKNOWN_DEPLOYMENT } from '../template/deployment-unknowns';
import { Deployment } from '../template/template';
import { unknownText } from '../text/text';

/**
 * What is not known of the deployments of an app's Stages, by their folders.
 *
 * No account has two stacks of the same name in a Region: Stages that say it nevertheless, without an environment, go to different ones.
 */
export function unknownsOfStages(app: string, stacks: readonly AssemblyStack[]): Map<string, Deployment> {
  const folders = new Map<string, Set<string>>();
  for (const { stackName, environment: { account, region }, directory } of stacks) {
    const place = `${stackName}\n${account}\n${region}`;
    folders.set(place, (folders.get(place) ?? new Set<string>()).add(directory));
  }
  const apart = new Set([...folders.values()].filter(({ size }) => size > 1).flatMap((some) => [...some]));
  return new Map(stacks.map(({ directory }) => [directory, apart.has(directory) ? unknownsOf(relative(app, directory) || 'the app') : UNKNOWN_DEPLOYMENT]));
}

function unknownsOf(stage: string): Deployment {
  return {
    account: unknownText(`AWS::AccountId of ${stage}`),
    region: unknownText(`AWS::Region of ${stage}`),
    partition: unknownText(`AWS::Partition of ${stage}`),
  };
}
