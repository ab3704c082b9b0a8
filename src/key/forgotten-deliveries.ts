import { CfnResource } from 'aws-cdk-lib';
import { customSuffix } from './custom-suffix';
import { DELIVERIES } from './deliveries';
import { Delivery } from './delivery';
import { Encrypted, resourcesOf } from './encrypted-resources';
import { propertyValues, referencesOf } from '../private/references';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/** Whom a key policy lets in. */
export interface LetsIn {
  servicePrincipal(facts: ServicePrincipalFacts): boolean;
  /** @param suffix the custom suffix of the role, empty for none */
  serviceLinkedRole(roleName: string, suffix: string): boolean;
}

/** What is wired to the encrypted resources without a statement that lets the service in, in the words of an error each. */
export function forgottenDeliveries(encrypted: Encrypted[], letsIn: LetsIn): string[] {
  const underKey = new Set(encrypted.map(({ resource }) => resource));
  const open = DELIVERIES.filter(({ by }) => Array.isArray(by) || !letsIn.servicePrincipal(by));
  if (underKey.size === 0 || open.length === 0) {
    return [];
  }
  return resourcesOf(encrypted[0].resource.node.root).flatMap((resource) => open
    .filter((delivery) => delivery.types.includes(resource.cfnResourceType))
    .filter((delivery) => !rolesAreLetIn(delivery, resource, letsIn) && isWired(delivery, resource, underKey))
    .map((delivery) => forgotten(delivery, resource)));
}

function rolesAreLetIn({ by, roleArn }: Delivery, resource: CfnResource, letsIn: LetsIn): boolean {
  return Array.isArray(by) && by.every((roleName) => letsIn.serviceLinkedRole(roleName, suffixOf(resource, roleName, roleArn)));
}

/** A suffix that is known at deployment only is taken for none: who names such a role lets it in beside the one without. */
function suffixOf(resource: CfnResource, roleName: string, roleArn?: string): string {
  return roleArn ? customSuffix(resource, roleArn, roleName) ?? '' : '';
}

function isWired({ properties, to, is, isNot, unless, where }: Delivery, resource: CfnResource, underKey: Set<CfnResource>): boolean {
  if (unless && propertyValues(resource, unless.property).includes(unless.is)) {
    return false;
  }
  if (where && !where.some(({ property, isNot: others }) => propertyValues(resource, property).some((value) => isOther(value, others)))) {
    return false;
  }
  if (!to) {
    const values = properties.flatMap((property) => propertyValues(resource, property));
    return underKey.has(resource) && values.some((value) => value !== isNot && (is === undefined || value === is));
  }
  const named = properties.flatMap((property) => [...referencesOf(resource, property)]);
  return named.some((target) => CfnResource.isCfnResource(target) && to.includes(target.cfnResourceType) && underKey.has(target));
}

/** What is known at deployment only may be one of the values. */
function isOther(value: unknown, values: (string | number)[]): boolean {
  return (typeof value === 'string' || typeof value === 'number') && !values.includes(value);
}

function forgotten({ code, does, fate, write, by, roleArn }: Delivery, resource: CfnResource): string {
  const suffix = Array.isArray(by) ? suffixOf(resource, by[0], roleArn) : '';
  return `${code}: ${does.replace('PATH', resource.node.path)} encrypted under this key, and ${fate}; write ${write}`
    + `${suffix ? `, with the custom suffix '${suffix}'` : ''}`;
}
