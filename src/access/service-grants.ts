import { AccessModel } from './access-model';
import { decide, Verdict } from './decision/decision';
import { RequestContext } from './decision/request-context';
import { KeyResource } from './key-resource';
import { othersInAccount } from './others-in-account';
import { Identity } from './principal/policy-attachments';
import { Text } from './text/text';
import { viaService } from './via-service';
import { KmsService } from '../service/kms-service';

/** Grants that an AWS service can make on a key for its resources, and uses with no further permission. */
export interface ServiceGrant {
  readonly service: string;
  readonly viaService: Text;
  /** Who of the templates can make the service do so. */
  readonly makers: readonly { readonly identity: Identity; readonly verdict: Verdict }[];
  /** Whether the key policy leaves it to the account's IAM who else can. */
  readonly others: Verdict;
}

/**
 * The services of the catalogue that make grants, and who can have them make one on a key.
 *
 * A grant lives until it is retired: whoever can make a service grant itself the key gives it to what the resource does, such as an instance
 * with the volume. The operations of these grants are the service's own, and no template tells them.
 */
export function serviceGrants(model: AccessModel, key: KeyResource): ServiceGrant[] {
  const accesses = model.identities.filter(({ kind }) => kind !== 'group')
    .map((identity) => ({ identity, access: model.accessOf(model.askerOf(identity), key, 'kms:CreateGrant') }))
    .filter(({ access }) => access.routes.length > 0);
  const services = KmsService.all().filter(({ facts }) => facts.createsGrants);
  return services.flatMap(({ facts }) => [...facts.viaServices ?? [], ...facts.deployViaServices ?? []].map((prefix): ServiceGrant => {
    const via = viaService(prefix, key);
    const context: RequestContext = { values: new Map([['kms:viaservice', [via]], ['kms:grantisforawsresource', ['true']]]), contextNames: [] };
    return {
      service: facts.name,
      viaService: via,
      makers: accesses.map(({ identity, access }) => ({ identity, verdict: decide(access, context).verdict })).filter(({ verdict }) => verdict !== 'denied'),
      others: othersInAccount(model, key, 'kms:CreateGrant', context).verdict,
    };
  })).filter(({ makers, others }) => makers.length > 0 || others !== 'denied');
}
