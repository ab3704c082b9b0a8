import { AccessModel } from './access-model';
import { decide, Verdict } from './decision/decision';
import { RequestContext } from './decision/request-context';
import { KeyResource } from './key-resource';
import { KeyUse, keyUses } from './key-uses';
import { othersInAccount } from './others-in-account';
import { Identity } from './principal/policy-attachments';
import { readable, Text } from './text/text';
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
  /** The resources of the templates that the service encrypts under the key: for them there will be grants. */
  readonly resources: readonly KeyUse[];
  /** What the grants allow, as far as a page of AWS tells; nothing where the operations are the service's own. */
  readonly operations?: readonly string[];
}

/**
 * What Amazon EC2 may do with the key of a volume that it attaches.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/determining-access-grants.html
 */
const OPERATIONS: ReadonlyMap<KmsService, readonly string[]> = new Map([[KmsService.EBS, ['Decrypt']]]);

/**
 * The services of the catalogue that make grants, and who can have them make one on a key.
 *
 * A grant lives until it is retired: whoever can make a service grant itself the key gives it to what the resource does, such as an instance
 * with the volume. Resources of the templates that are under the key have such grants once they are deployed.
 */
export function serviceGrants(model: AccessModel, key: KeyResource): ServiceGrant[] {
  const accesses = model.identities.filter(({ kind }) => kind !== 'group')
    .map((identity) => ({ identity, access: model.accessOf(model.askerOf(identity), key, 'kms:CreateGrant') }))
    .filter(({ access }) => access.routes.length > 0);
  const uses = keyUses(model, key);
  const services = KmsService.all().filter(({ facts }) => facts.createsGrants);
  const grants = services.flatMap((service) => prefixesOf(service).map((prefix): ServiceGrant => {
    const via = viaService(prefix, key);
    const operations = OPERATIONS.get(service);
    const context: RequestContext = { values: new Map([['kms:viaservice', [via]], ['kms:grantisforawsresource', ['true']]]), contextNames: [] };
    return {
      service: service.facts.name,
      viaService: via,
      makers: accesses.map(({ identity, access }) => ({ identity, verdict: decide(access, context).verdict })).filter(({ verdict }) => verdict !== 'denied'),
      others: othersInAccount(model, key, 'kms:CreateGrant', context).verdict,
      resources: uses.filter((use) => use.service === service),
      ...operations ? { operations } : {},
    };
  })).filter(({ makers, others, resources }) => makers.length > 0 || others !== 'denied' || resources.length > 0);
  // Several services of the catalogue call through the same one: those without resources tell nothing more of it.
  const told = new Set(grants.filter(({ resources }) => resources.length > 0).map(({ viaService: via }) => readable(via)));
  return grants.filter(({ resources, viaService: via }) => resources.length > 0 || !told.has(readable(via)));
}

function prefixesOf({ facts: { viaServices = [], deployViaServices = [] } }: KmsService): string[] {
  return [...viaServices, ...deployViaServices];
}
