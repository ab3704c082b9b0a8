import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KmsService } from '../../src/service/kms-service';
import { KmsServiceFacts } from '../../src/service/kms-service-facts';
import { USE_ACTIONS } from '../../src/service/use-actions';

const VIDEO: KmsServiceFacts = {
  name: 'Amazon Kinesis Video Streams',
  viaServices: ['kinesisvideo'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  sources: ['https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/how-kms.html'],
};

describe('the catalogue', () => {
  test('is sorted by name', () => {
    const names = KmsService.all().map((service) => service.facts.name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
  });

  test('has every file of facts', () => {
    const folder = join(__dirname, '../../src/service');
    const withFacts = readdirSync(folder).filter((file) => /^export const \w+: KmsServiceFacts =/m.test(readFileSync(join(folder, file), 'utf8')));
    expect(KmsService.all()).toHaveLength(withFacts.length);
  });

  test('names every service by letters and digits, once', () => {
    const ids = KmsService.all().map((service) => service.id);
    expect(ids.filter((id) => !/^[A-Za-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a service of your own', () => {
  test('carries its id and facts', () => {
    const service = KmsService.of('Video', VIDEO);
    expect(service.id).toBe('Video');
    expect(service.facts).toBe(VIDEO);
  });

  test('does not join the catalogue', () => {
    const before = KmsService.all();
    KmsService.of('Video', VIDEO);
    expect(KmsService.all()).toEqual(before);
  });

  const uses = USE_ACTIONS.join(', ');
  const principal = { servicePrincipal: 'video.amazonaws.com', actions: ['kms:Decrypt'], sourceAccount: 'UNKNOWN' };
  test.each<[string, string, object, string]>([
    ['an id that statements cannot bear', 'Video-Streams', {},
      "KmsServiceIdInvalid: the id of a service names statements in key policies, given: 'Video-Streams'; "
      + "write letters and digits, a letter first, such as 'Video'"],
    ['an id of the catalogue', 'SNS', {},
      "KmsServiceIdTaken: the id of a service names its statements, and Amazon SNS has this one, given: 'SNS'; write another"],
    ['facts from nowhere', 'Video', { sources: [] },
      "KmsServiceSourceMissing: Video has no page that its facts come from, given: none; write the https address of its documentation in 'sources'"],
    ['a whole kms:ViaService value', 'Video', { viaServices: ['kinesisvideo.eu-west-2.amazonaws.com'] },
      "KmsServiceViaServiceInvalid: 'viaServices' of Video takes endpoint prefixes, given: 'kinesisvideo.eu-west-2.amazonaws.com'; "
      + "the Region and the suffix are added: write it such as 's3'"],
    ['use without a fence', 'Video', { viaServices: undefined },
      "KmsServiceViaServiceMissing: Video has actions or grants of its callers, but no 'viaServices', given: none; "
      + "without them the key could be used directly: write the prefix of its kms:ViaService value, such as 's3'"],
    ['grants without a fence', 'Video', { viaServices: [], useActions: undefined, createsGrants: true },
      "KmsServiceViaServiceMissing: Video has actions or grants of its callers, but no 'viaServices', given: none; "
      + "without them the key could be used directly: write the prefix of its kms:ViaService value, such as 's3'"],
    ['grants among the uses', 'Video', { useActions: ['kms:CreateGrant', 'kms:Decrypt'] },
      'KmsServiceGrantListed: useActions of Video lists kms:CreateGrant, given: kms:CreateGrant, kms:Decrypt; '
      + "leave it out and write 'createsGrants: true', which fences it"],
    ['administration and misspelt actions', 'Video', { useActions: ['kms:*', 'kms:GenerateDataKeyWithoutPlainText', 'kms:PutKeyPolicy'] },
      'KmsServiceActionInvalid: useActions of Video takes actions that use a key, as AWS spells them, '
      + `given: kms:*, kms:GenerateDataKeyWithoutPlainText, kms:PutKeyPolicy; write some of ${uses}`],
    ['administration at deployment', 'Video', { deployActions: ['kms:EnableKey'] },
      'KmsServiceActionInvalid: deployActions of Video takes actions that use a key, as AWS spells them, '
      + `given: kms:EnableKey; write some of ${uses}, kms:CreateGrant, kms:RevokeGrant`],
    ['other actions for IAM only', 'Video', { identityOnlyActions: ['kms:CreateKey'] },
      'KmsServiceActionInvalid: identityOnlyActions of Video takes actions that use a key, as AWS spells them, '
      + 'given: kms:CreateKey; write some of kms:RetireGrant'],
    ['a principal that is no service', 'Video', { servicePrincipals: [{ ...principal, servicePrincipal: '*' }] },
      "KmsServicePrincipalInvalid: a service principal of Video is a name that ends in .amazonaws.com, given: '*'; "
      + "write it such as 's3.amazonaws.com'"],
    ['a sender that describes the key under a context', 'Video', { senders: [{ ...principal, actions: ['kms:Decrypt', 'kms:DescribeKey'] }] },
      'KmsServiceDescribeListed: video.amazonaws.com of Video lists kms:DescribeKey, which never carries an encryption context, '
      + "given: kms:Decrypt, kms:DescribeKey; leave it out and write 'describesKey: true'"],
    ['a service principal that makes grants of anything', 'Video', { servicePrincipals: [{ ...principal, grantOperations: ['kms:Decrypt', 'PutKeyPolicy'] }] },
      "KmsServiceGrantOperationInvalid: 'grantOperations' of video.amazonaws.com of Video takes operations of a grant, given: kms:Decrypt, PutKeyPolicy; "
      + 'write some of CreateGrant, Decrypt, DescribeKey, Encrypt, GenerateDataKey, GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext, '
      + 'GenerateDataKeyWithoutPlaintext, ReEncryptFrom, ReEncryptTo, RetireGrant'],
    ['writes that administer', 'Video', { servicePrincipals: [{ ...principal, writeActions: ['kms:PutKeyPolicy'] }] },
      'KmsServiceActionInvalid: video.amazonaws.com of Video takes actions that use a key, as AWS spells them, '
      + `given: kms:PutKeyPolicy; write some of ${uses}`],
    ['a whole kms:ViaService value at deployment', 'Video', { deployViaServices: ['cloudformation.amazonaws.com'] },
      "KmsServiceViaServiceInvalid: 'viaServices' of Video takes endpoint prefixes, given: 'cloudformation.amazonaws.com'; "
      + "the Region and the suffix are added: write it such as 's3'"],
    ['roles that use the key under any encryption context', 'Video',
      { executionRoles: [{ assumedBy: 'video.amazonaws.com', actions: ['kms:Decrypt'], contextKey: 'aws:video:arn', contextPattern: '*' }] },
      "KmsServiceRoleUnfenced: the calls of Video's roles carry no kms:ViaService, their encryption context is the fence, given: aws:video:arn '*'; "
      + "write a pattern of ARNs, such as 'arn:{partition}:states:{region}:{account}:stateMachine:*'"],
    ['roles that administer', 'Video',
      { executionRoles: [{ assumedBy: 'video.amazonaws.com', actions: ['kms:DisableKey'], contextKey: 'aws:video:arn', contextPattern: 'arn:{partition}:video:*' }] },
      'KmsServiceActionInvalid: the roles that video.amazonaws.com assumes of Video takes actions that use a key, as AWS spells them, '
      + `given: kms:DisableKey; write some of ${uses}`],
    ['a service-linked role that administers', 'Video',
      { serviceLinkedRoles: [{ servicePrincipal: 'video.amazonaws.com', roleName: 'AWSServiceRoleForVideo', actions: ['kms:DisableKey'] }] },
      'KmsServiceActionInvalid: the service-linked role AWSServiceRoleForVideo of Video takes actions that use a key, as AWS spells them, '
      + `given: kms:DisableKey; write some of ${uses}`],
  ])('fails for %s', (_case, id, facts, message) => {
    expect(() => KmsService.of(id, { ...VIDEO, ...facts })).toThrow(new Error(message));
  });
});
