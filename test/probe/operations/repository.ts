import { CreateRepositoryCommand, DeleteRepositoryCommand, DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, tagsOf } from '../operation';

/** A repository: Amazon ECR makes its grants when it is made. */
export const REPOSITORY: Operation = {
  name: 'repository',
  services: [KmsService.ECR],
  makes: 'an empty Amazon ECR repository',
  dollars: 0.01,
  minutes: 5,

  async make({ name: repositoryName, source: { aws: { ecr }, key: kmsKey } }) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName, encryptionConfiguration: { encryptionType: 'KMS', kmsKey }, tags: tagsOf(repositoryName) }));
  },

  async clean({ prefix, source: { ecr, region } }, sweep) {
    await sweep.each(`repository in ${region}`,
      () => everyPage(async (nextToken) => {
        const { repositories, nextToken: next } = await ecr.send(new DescribeRepositoriesCommand({ nextToken }));
        return [repositories?.filter(({ repositoryName }) => repositoryName!.startsWith(prefix)), next];
      }),
      ({ repositoryName }) => repositoryName, ({ repositoryName }) => ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true })));
  },
};
