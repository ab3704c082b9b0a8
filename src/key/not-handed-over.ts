import { Encrypted } from './encrypted-resources';
import { ServiceUse } from './service-use';
import { constantOf } from '../service/constant-of';
import { KmsService } from '../service/kms-service';
import { KmsServiceFacts } from '../service/kms-service-facts';

/** What is encrypted under a key that was handed to no service that could use it there, in the words of an error each. */
export function notHandedOver(encrypted: Encrypted[], uses: ServiceUse[]): string[] {
  const handed = uses.map(({ service }) => service);
  return encrypted.flatMap(({ resource, facts: { type, property } }) => {
    const owner = KmsService.all().find(({ facts }) => facts.resources?.some((one) => one.type === type && one.property === property))!;
    return handed.some((service) => usesIt(service, owner)) ? [] : [
      `KeyNotHandedOver: ${resource.node.path} names this key in ${property}, and the key policy lets nobody use it through ${owner.facts.name}; `
      + `write via(${constantOf(owner)}) where the key is given, with .keyArn where a text is wanted`,
    ];
  });
}

/** Two services may call through the same one, where they do as much there; service-linked roles that launch instances need none between. */
function usesIt({ facts }: KmsService, owner: KmsService): boolean {
  return facts === owner.facts
    || ((facts.viaServices ?? []).some((prefix) => owner.facts.viaServices?.includes(prefix)) && doesAsMuch(facts, owner.facts))
    || (!facts.viaServices && facts.serviceLinkedRoles !== undefined);
}

function doesAsMuch({ useActions = [] }: KmsServiceFacts, { useActions: needed = [] }: KmsServiceFacts): boolean {
  return needed.every((action) => useActions.includes(action));
}
