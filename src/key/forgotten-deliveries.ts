import { CfnResource } from 'aws-cdk-lib';
import { DELIVERIES, Delivery } from './deliveries';
import { Encrypted, resourcesOf } from './encrypted-resources';
import { propertyValues, referencesOf } from '../private/references';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/** Whom a key policy lets in. */
export interface LetsIn {
  servicePrincipal(facts: ServicePrincipalFacts): boolean;
  serviceLinkedRole(roleName: string): boolean;
}

/** What is wired to the encrypted resources without a statement that lets the service in, in the words of an error each. */
export function forgottenDeliveries(encrypted: Encrypted[], letsIn: LetsIn): string[] {
  const underKey = new Set(encrypted.map(({ resource }) => resource));
  const forgotten = DELIVERIES.filter(({ by }) => !(typeof by === 'string' ? letsIn.serviceLinkedRole(by) : letsIn.servicePrincipal(by)));
  if (underKey.size === 0 || forgotten.length === 0) {
    return [];
  }
  return resourcesOf(encrypted[0].resource.node.root).flatMap((resource) => forgotten
    .filter((delivery) => delivery.types.includes(resource.cfnResourceType) && isWired(delivery, resource, underKey))
    .map(({ code, does, fate, write }) => `${code}: ${does.replace('PATH', resource.node.path)} encrypted under this key, and ${fate}; write ${write}`));
}

function isWired({ properties, to, is, isNot, unless }: Delivery, resource: CfnResource, underKey: Set<CfnResource>): boolean {
  if (unless && propertyValues(resource, unless.property).includes(unless.is)) {
    return false;
  }
  if (!to) {
    const values = properties.flatMap((property) => propertyValues(resource, property));
    return underKey.has(resource) && values.some((value) => value !== isNot && (is === undefined || value === is));
  }
  const named = properties.flatMap((property) => [...referencesOf(resource, property)]);
  return named.some((target) => CfnResource.isCfnResource(target) && to.includes(target.cfnResourceType) && underKey.has(target));
}
