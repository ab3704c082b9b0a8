import { REGION } from './access-world';
import { ServiceWorld } from './service-world';

/** Another partition, with the two Regions that take the place of those of the golden decisions. */
export interface OtherPartition {
  readonly partition: string;
  readonly region: string;
  readonly otherRegion: string;
}

/** The same world in another partition: ARNs and Regions differ, values of `kms:ViaService` end as everywhere. */
export function worldInPartition(world: ServiceWorld, { partition, region, otherRegion }: OtherPartition): ServiceWorld {
  const { about, services, source, keyPolicy, administration, people, partners, grants, rows } = world;
  const text = JSON.stringify({ about, services, source, keyPolicy, administration, people, partners, grants, rows });
  const there = text.replaceAll('arn:aws:', `arn:${partition}:`).replaceAll(REGION, region).replaceAll('us-east-1', otherRegion);
  return { ...JSON.parse(there) as ServiceWorld, ...world.keyProps?.alias === undefined ? {} : { keyProps: { alias: world.keyProps.alias } } };
}
