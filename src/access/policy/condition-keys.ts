/** What AWS KMS says of the key itself with every call on it. */
const KEY_PROPERTIES = ['kms:keyorigin', 'kms:keyspec', 'kms:keyusage', 'kms:multiregion', 'kms:multiregionkeytype', 'kms:resourcealiases'];
const EVERY_CALL = ['kms:calleraccount', 'kms:viaservice'];
const CONTEXT = ['kms:encryptioncontext:', 'kms:encryptioncontextkeys'];
const SYMMETRIC = [...CONTEXT, 'kms:encryptionalgorithm', 'kms:requestalias'];
const ATTESTATION = 'kms:recipientattestation:';
const LIFECYCLE = 'kms:trailingdayswithoutkeyusage';

/**
 * The condition keys of AWS KMS that each action carries, beside those above; a name that ends in a colon stands for all that begin with it.
 * Actions that are not listed carry no further ones.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
const CARRIED: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  encrypt: SYMMETRIC,
  decrypt: [...SYMMETRIC, ATTESTATION],
  generatedatakey: [...SYMMETRIC, ATTESTATION],
  generatedatakeywithoutplaintext: SYMMETRIC,
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
/** Without a key, and without any key of AWS KMS: ListAliases, ListKeys, ListRetirableGrants; or for the service-linked role of AWS KMS alone. */
const NONE = new Set(['listaliases', 'listkeys', 'listretirablegrants', 'synchronizemultiregionkey']);

/** Keys of other services that the credentials of a caller carry into every call. */
const WITH_CREDENTIALS = [
  'ec2:sourceinstancearn', 'ec2:roledelivery', 'lambda:sourcefunctionarn', 'ssm:sourceinstancearn', 'glue:roleassumedby', 'glue:credentialissuingservice',
  'identitystore:userid', 'saml:',
];

/** Keys with several values in a request. */
const MULTI_VALUED = new Set([
  'kms:encryptioncontextkeys', 'kms:grantoperations', 'kms:resourcealiases', 'aws:tagkeys', 'aws:calledvia', 'aws:principalorgpaths', 'aws:sourceorgpaths',
  'aws:principalservicenameslist',
]);

/** Whether an action's requests can have the condition key at all; both in lower case, the action without `kms:`. */
export function carries(action: string, key: string): boolean {
  if (key.startsWith('kms:')) {
    return !NONE.has(action)
      && (EVERY_CALL.includes(key) || KEY_PROPERTIES.includes(key) || (CARRIED.get(action) ?? []).some((name) => isNamed(name, key)));
  }
  if (key.startsWith('aws:requesttag/') || key === 'aws:tagkeys') {
    return ['createkey', 'replicatekey', 'tagresource', 'untagresource'].includes(action);
  }
  const prefix = key.slice(0, key.indexOf(':'));
  // An OpenID Connect provider is named by its domain.
  return prefix === 'aws' || prefix.includes('.') || WITH_CREDENTIALS.some((name) => isNamed(name, key));
}

export function isMultiValued(key: string): boolean {
  return MULTI_VALUED.has(key);
}

function isNamed(name: string, key: string): boolean {
  return name.endsWith(':') ? key.startsWith(name) : key === name;
}
