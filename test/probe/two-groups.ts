import { CreateLogGroupCommand, DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ACCOUNT, Answers, FakeSurroundings } from './fake-surroundings';
import { Operation } from './operation';
import { KmsService } from '../../src';

export const [SOURCE, DESTINATION] = ['eu-west-2', 'ap-southeast-2'];
export const REGIONS = ['--source', SOURCE, '--destination', DESTINATION];
export const AGREED = [...REGIONS, '--account', ACCOUNT, '--yes'];

/** A log group in either Region; it ends as told. */
export function operation(end: (sandbox: Parameters<Operation['make']>[0]) => Promise<void> = async () => undefined): Operation {
  return {
    name: 'two-groups',
    services: [KmsService.CLOUDWATCH_LOGS],
    makes: 'two log groups',
    dollars: 0.25,
    minutes: 10,
    async make(sandbox) {
      await sandbox.source.aws.logs.send(new CreateLogGroupCommand({ logGroupName: sandbox.name, kmsKeyId: sandbox.source.key }));
      await end(sandbox);
      await sandbox.destination.aws.logs.send(new CreateLogGroupCommand({ logGroupName: sandbox.name, kmsKeyId: sandbox.destination.key }));
    },
    async clean(place, sweep) {
      for (const { logs, region } of [place.source, place.destination]) {
        await sweep.each(`log group in ${region}`, async () => (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: place.prefix }))).logGroups,
          ({ logGroupName }) => logGroupName, ({ logGroupName }) => logs.send(new DeleteLogGroupCommand({ logGroupName })));
      }
    },
  };
}

/** Log groups that are there until they are deleted. */
export function world(answers: Answers = {}) {
  const groups = new Set<string>();
  const surroundings = new FakeSurroundings({
    'logs.CreateLogGroup': ({ logGroupName }, region) => void groups.add(`${region} ${logGroupName}`),
    'logs.DeleteLogGroup': ({ logGroupName }, region) => void groups.delete(`${region} ${logGroupName}`),
    'logs.DescribeLogGroups': ({ logGroupNamePrefix }, region) => ({
      logGroups: [...groups].filter((group) => group.startsWith(`${region} ${logGroupNamePrefix}`)).map((group) => ({ logGroupName: group.split(' ')[1] })),
    }),
    ...answers,
  });
  return { surroundings, groups };
}
