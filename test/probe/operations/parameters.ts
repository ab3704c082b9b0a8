import { DeleteParameterCommand, DescribeParametersCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { KmsService } from '../../../src';
import { bothOf, Operation, tagsOf } from '../operation';

/** A SecureString parameter in each Region, standard and advanced. */
export const PARAMETERS: Operation = {
  name: 'parameters',
  services: [KmsService.PARAMETER_STORE],
  makes: 'SecureString parameters in both Regions, one of the advanced tier in each',
  dollars: 0.1,
  minutes: 5,

  async make({ name, source, destination }) {
    for (const { aws: { ssm }, key } of [source, destination]) {
      for (const Tier of ['Standard', 'Advanced'] as const) {
        const Name = `/${name}/${Tier}`;
        await ssm.send(new PutParameterCommand({ Name, Value: 'probe', Type: 'SecureString', KeyId: key, Tier, Tags: tagsOf(name) }));
        await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
      }
    }
  },

  async clean(place, sweep) {
    for (const { ssm, region } of bothOf(place)) {
      await sweep.each(`parameter in ${region}`,
        async () => (await ssm.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: [`/${place.prefix}`] }] }))).Parameters,
        ({ Name }) => Name, ({ Name }) => ssm.send(new DeleteParameterCommand({ Name })));
    }
  },
};
