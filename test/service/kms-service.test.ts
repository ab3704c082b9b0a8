import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KmsService } from '../../src/service/kms-service';
import { KmsServiceFacts } from '../../src/service/kms-service-facts';
import { USE_ACTIONS } from '../../src/service/use-actions';

const KINESIS: KmsServiceFacts = {
  name: 'Amazon Kinesis Data Streams',
  viaServices: ['kinesis'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  sources: ['https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html'],
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
    const service = KmsService.of('Kinesis', KINESIS);
    expect(service.id).toBe('Kinesis');
    expect(service.facts).toBe(KINESIS);
  });

  test('does not join the catalogue', () => {
    const before = KmsService.all();
    KmsService.of('Kinesis', KINESIS);
    expect(KmsService.all()).toEqual(before);
  });

  const uses = USE_ACTIONS.join(', ');
  const principal = { servicePrincipal: 'kinesis.amazonaws.com', actions: ['kms:Decrypt'], sourceAccount: 'UNKNOWN' };
  test.each<[string, string, object, string]>([
    ['an id that statements cannot bear', 'Data-Streams', {},
      "KmsServiceIdInvalid: the id of a service names statements in key policies, given: 'Data-Streams'; "
      + "write letters and digits, a letter first, such as 'Kinesis'"],
    ['an id of the catalogue', 'SNS', {},
      "KmsServiceIdTaken: the id of a service names its statements, and Amazon SNS has this one, given: 'SNS'; write another"],
    ['facts from nowhere', 'Kinesis', { sources: [] },
      "KmsServiceSourceMissing: Kinesis has no page that its facts come from, given: none; write the https address of its documentation in 'sources'"],
    ['a whole kms:ViaService value', 'Kinesis', { viaServices: ['kinesis.eu-west-2.amazonaws.com'] },
      "KmsServiceViaServiceInvalid: 'viaServices' of Kinesis takes endpoint prefixes, given: 'kinesis.eu-west-2.amazonaws.com'; "
      + "the Region and the suffix are added: write it such as 's3'"],
    ['use without a fence', 'Kinesis', { viaServices: undefined },
      "KmsServiceViaServiceMissing: Kinesis has actions or grants of its callers, but no 'viaServices', given: none; "
      + "without them the key could be used directly: write the prefix of its kms:ViaService value, such as 's3'"],
    ['grants without a fence', 'Kinesis', { viaServices: [], useActions: undefined, createsGrants: true },
      "KmsServiceViaServiceMissing: Kinesis has actions or grants of its callers, but no 'viaServices', given: none; "
      + "without them the key could be used directly: write the prefix of its kms:ViaService value, such as 's3'"],
    ['grants among the uses', 'Kinesis', { useActions: ['kms:CreateGrant', 'kms:Decrypt'] },
      'KmsServiceGrantListed: useActions of Kinesis lists kms:CreateGrant, given: kms:CreateGrant, kms:Decrypt; '
      + "leave it out and write 'createsGrants: true', which fences it"],
    ['administration and misspelt actions', 'Kinesis', { useActions: ['kms:*', 'kms:GenerateDataKeyWithoutPlainText', 'kms:PutKeyPolicy'] },
      'KmsServiceActionInvalid: useActions of Kinesis takes actions that use a key, as AWS spells them, '
      + `given: kms:*, kms:GenerateDataKeyWithoutPlainText, kms:PutKeyPolicy; write some of ${uses}`],
    ['administration at deployment', 'Kinesis', { deployActions: ['kms:EnableKey'] },
      'KmsServiceActionInvalid: deployActions of Kinesis takes actions that use a key, as AWS spells them, '
      + `given: kms:EnableKey; write some of ${uses}, kms:CreateGrant`],
    ['other actions for IAM only', 'Kinesis', { identityOnlyActions: ['kms:CreateKey'] },
      'KmsServiceActionInvalid: identityOnlyActions of Kinesis takes actions that use a key, as AWS spells them, '
      + 'given: kms:CreateKey; write some of kms:RetireGrant'],
    ['a principal that is no service', 'Kinesis', { servicePrincipals: [{ ...principal, servicePrincipal: '*' }] },
      "KmsServicePrincipalInvalid: a service principal of Kinesis is a name that ends in .amazonaws.com, given: '*'; "
      + "write it such as 's3.amazonaws.com'"],
    ['a sender that describes the key under a context', 'Kinesis', { senders: [{ ...principal, actions: ['kms:Decrypt', 'kms:DescribeKey'] }] },
      'KmsServiceDescribeListed: kinesis.amazonaws.com of Kinesis lists kms:DescribeKey, which never carries an encryption context, '
      + "given: kms:Decrypt, kms:DescribeKey; leave it out and write 'describesKey: true'"],
    ['a service-linked role that administers', 'Kinesis',
      { serviceLinkedRoles: [{ servicePrincipal: 'kinesis.amazonaws.com', roleName: 'AWSServiceRoleForKinesis', actions: ['kms:DisableKey'] }] },
      'KmsServiceActionInvalid: the service-linked role AWSServiceRoleForKinesis of Kinesis takes actions that use a key, as AWS spells them, '
      + `given: kms:DisableKey; write some of ${uses}`],
  ])('fails for %s', (_case, id, facts, message) => {
    expect(() => KmsService.of(id, { ...KINESIS, ...facts })).toThrow(new Error(message));
  });
});
