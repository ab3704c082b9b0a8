/** What AWS KMS says of the key itself with every call on it, or that makes it. Two of them have older names too. */
const KEY_PROPERTIES = [
  'kms:keyorigin', 'kms:keyspec', 'kms:customermasterkeyspec', 'kms:keyusage', 'kms:customermasterkeyusage', 'kms:multiregion', 'kms:multiregionkeytype',
];
const EVERY_CALL = ['kms:calleraccount', 'kms:viaservice'];
const CONTEXT = ['kms:encryptioncontext:', 'kms:encryptioncontextkeys'];
const SYMMETRIC = [...CONTEXT, 'kms:encryptionalgorithm', 'kms:requestalias'];
const ATTESTATION = 'kms:recipientattestation:';
const LIFECYCLE = 'kms:trailingdayswithoutkeyusage';

/**
 * The condition keys of AWS KMS that each action carries, beside those of all actions on a key; a name that ends in a colon stands for all that
 * begin with it. Actions that are not listed carry no further ones.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
const CARRIED: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  encrypt: SYMMETRIC,
  decrypt: [...SYMMETRIC, ATTESTATION],
  generatedatakey: [...SYMMETRIC, ATTESTATION],
  generatedatakeywithoutplaintext: SYMMETRIC,
  generaterandom: [ATTESTATION],
  reencryptfrom: [...SYMMETRIC, 'kms:reencryptonsamekey'],
  reencryptto: [...SYMMETRIC, 'kms:reencryptonsamekey'],
  generatedatakeypair: [...SYMMETRIC, 'kms:datakeypairspec', ATTESTATION],
  generatedatakeypairwithoutplaintext: [...SYMMETRIC, 'kms:datakeypairspec'],
  creategrant: [
    ...CONTEXT, 'kms:grantconstraintsourcearn', 'kms:grantconstrainttype', 'kms:grantisforawsresource', 'kms:grantoperations',
    'kms:granteeprincipal', 'kms:granteeserviceprincipal', 'kms:retiringprincipal', 'kms:retiringserviceprincipal',
  ],
  listgrants: ['kms:grantisforawsresource'],
  revokegrant: ['kms:grantisforawsresource'],
  retiregrant: [...CONTEXT, 'kms:grantconstrainttype'],
  describekey: ['kms:requestalias'],
  getpublickey: ['kms:requestalias'],
  sign: ['kms:messagetype', 'kms:signingalgorithm', 'kms:requestalias'],
  verify: ['kms:messagetype', 'kms:signingalgorithm', 'kms:requestalias'],
  generatemac: ['kms:macalgorithm', 'kms:requestalias'],
  verifymac: ['kms:macalgorithm', 'kms:requestalias'],
  derivesharedsecret: ['kms:keyagreementalgorithm', 'kms:requestalias', ATTESTATION],
  createkey: ['kms:bypasspolicylockoutsafetycheck'],
  putkeypolicy: ['kms:bypasspolicylockoutsafetycheck'],
  enablekeyrotation: ['kms:rotationperiodindays'],
  schedulekeydeletion: ['kms:schedulekeydeletionpendingwindowindays', LIFECYCLE],
  disablekey: [LIFECYCLE],
  replicatekey: ['kms:replicaregion'],
  updateprimaryregion: ['kms:primaryregion'],
  importkeymaterial: ['kms:expirationmodel', 'kms:validto'],
  getparametersforimport: ['kms:wrappingalgorithm', 'kms:wrappingkeyspec'],
}));
/** Actions without a key, which carry less; the last is for the service-linked role of AWS KMS alone. */
const WITHOUT_KEY: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  createkey: [...EVERY_CALL, ...KEY_PROPERTIES],
  connectcustomkeystore: ['kms:calleraccount'],
  createcustomkeystore: ['kms:calleraccount'],
  deletecustomkeystore: ['kms:calleraccount'],
  describecustomkeystores: ['kms:calleraccount'],
  disconnectcustomkeystore: ['kms:calleraccount'],
  updatecustomkeystore: ['kms:calleraccount'],
  generaterandom: [],
  listaliases: [],
  listkeys: [],
  listretirablegrants: [],
  synchronizemultiregionkey: [],
}));
const ON_A_KEY = [...EVERY_CALL, ...KEY_PROPERTIES, 'kms:resourcealiases'];
/** The tags of a request, by the actions that have any. */
const WITH_TAGS = ['createkey', 'tagresource'];

/** Keys of other services that the credentials of a caller carry into every call. */
const WITH_CREDENTIALS = [
  'ec2:sourceinstancearn', 'ec2:roledelivery', 'lambda:sourcefunctionarn', 'ssm:sourceinstancearn', 'glue:roleassumedby', 'glue:credentialissuingservice',
  'identitystore:userid', 'saml:',
];

/**
 * Keys of AWS KMS, and global keys, with several values in a request; all others have one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const MULTI_VALUED = new Set([
  'kms:encryptioncontextkeys', 'kms:grantoperations', 'kms:resourcealiases', 'aws:tagkeys', 'aws:calledvia', 'aws:principalorgpaths', 'aws:resourceorgpaths',
  'aws:sourceorgpaths', 'aws:vpceorgpaths', 'aws:principalservicenameslist',
]);

/** Whether an action's requests can have the condition key at all; both in lower case, the action without `kms:`. */
export function carries(action: string, key: string): boolean {
  if (key.startsWith('kms:')) {
    return (WITHOUT_KEY.get(action) ?? ON_A_KEY).includes(key) || (CARRIED.get(action) ?? []).some((name) => isNamed(name, key));
  }
  if (key.startsWith('aws:requesttag/')) {
    return WITH_TAGS.includes(action);
  }
  if (key === 'aws:tagkeys') {
    return WITH_TAGS.includes(action) || action === 'untagresource';
  }
  if (key.startsWith('aws:resourcetag/')) {
    return action === 'createkey' || !WITHOUT_KEY.has(action);
  }
  const prefix = key.slice(0, key.indexOf(':'));
  // An OpenID Connect provider is named by its domain.
  return prefix === 'aws' || prefix.includes('.') || WITH_CREDENTIALS.some((name) => isNamed(name, key));
}

/** Whether it says something of the key itself, which a request for one of its aliases does not have. */
export function isOfTheKey(key: string): boolean {
  return KEY_PROPERTIES.includes(key) || key === 'kms:resourcealiases' || key.startsWith('aws:resourcetag/');
}

/** Whether a request can have several values of the key; those of other services are what a policy takes them for. */
export function isMultiValued(key: string, asList: boolean): boolean {
  return /^(kms|aws):/.test(key) ? MULTI_VALUED.has(key) : asList;
}

function isNamed(name: string, key: string): boolean {
  return name.endsWith(':') ? key.startsWith(name) : key === name;
}
