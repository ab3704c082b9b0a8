import { AccessModel } from './access-model';
import { KeyResource } from './key-resource';
import { OfModel } from './of-model';
import { eachPropertyValue, PropertyValue } from './property-values';
import { isKnown, Text } from './text/text';
import { KmsService } from '../service/kms-service';

/** A resource that names a key to be encrypted under it, or to encrypt with it. */
export interface KeyUse {
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  readonly type: string;
  /** The path of the property, such as `BlockDeviceMappings.Ebs.KmsKeyId`. */
  readonly property: string;
  /** The service of the catalogue that the property belongs to. */
  readonly service?: KmsService;
  /** Whether it names the key in every case. */
  readonly sure: boolean;
}

/** What a property that names a key is called, or what is around it: `KmsKeyId`, `EncryptionKey`, `CmkArn`, `MasterKeyArn`. */
const OF_KEYS = /kms|cmk|encrypt|masterkey/i;
/** Where people put names of keys for other ends: statements, variables of functions, tags, what is handed to a nested stack. */
const OTHERWISE = /Policy(Document|Text)?$|^(Policies|Statement|(Environment)?Variables|Environment|Tags|Parameters|Metadata)$/;
const USES = new OfModel(readUses);

/** The resources of the templates that name a key, by the catalogue and by the names of their properties. */
export function keyUses(model: AccessModel, key: KeyResource): readonly KeyUse[] {
  return USES.of(model).get(key) ?? [];
}

function readUses({ app, keys }: AccessModel): ReadonlyMap<KeyResource, readonly KeyUse[]> {
  const named = namesOf(keys);
  const services = servicesByProperty();
  const uses = new Map<KeyResource, KeyUse[]>();
  eachPropertyValue(app, (type) => !/^AWS::(KMS|IAM)::/.test(type), (found) => {
    const property = found.path.join('.');
    const service = services.get(`${found.resource.type} ${property}`);
    if (!service && (!OF_KEYS.test(property) || found.path.some((name) => OTHERWISE.test(name)))) {
      return;
    }
    const key = named.get(nameIn(found, app.of(found.template).text(found.value)));
    const { logicalId, template: { stackName: stack }, resource: { type, constructPath }, sure } = found;
    if (key) {
      const path = constructPath === undefined ? {} : { constructPath };
      uses.set(key, [...uses.get(key) ?? [], { stack, logicalId, ...path, type, property, ...service ? { service } : {}, sure }]);
    }
  });
  return uses;
}

/** A key by all names that properties may have for it; ids and aliases are names in one account and Region. */
function namesOf(keys: readonly KeyResource[]): ReadonlyMap<Text, KeyResource> {
  const named = new Map<Text, KeyResource>();
  for (const key of keys) {
    const { arn, id, aliases, account, region, partition } = key;
    named.set(arn, key).set(`${account} ${region} ${id}`, key);
    for (const alias of aliases.filter(isKnown)) {
      named.set(`${account} ${region} ${alias}`, key).set(`arn:${partition}:kms:${region}:${account}:${alias}`, key);
    }
  }
  return named;
}

function nameIn({ template: { deployment: { account, region } } }: PropertyValue, text: Text): Text {
  return text.startsWith('arn:') ? text : `${account} ${region} ${text}`;
}

function servicesByProperty(): ReadonlyMap<string, KmsService> {
  return new Map(KmsService.all().flatMap((service) => (service.facts.resources ?? []).map(({ type, property }) => [`${type} ${property}`, service])));
}
