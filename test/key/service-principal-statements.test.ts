import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, FactConfidence, KmsService, KmsServiceFacts, ViaServiceOptions } from '../../src';
import { statement, useSids } from '../support/key-policy';
import { ACCOUNT, newStack, OTHER_ACCOUNT } from '../support/key-stack';

const FACTS: KmsServiceFacts = { name: 'Amazon Data', viaServices: ['data'], useActions: ['kms:Decrypt'], sources: ['https://docs.aws.amazon.com/data/'] };

function keyVia(service: KmsService, options?: ViaServiceOptions) {
  const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
  key.via(service, options);
  return key;
}

describe('service principals', () => {
  const sender = { servicePrincipal: 'data.amazonaws.com', actions: ['kms:Decrypt'] };

  test.each([
    [FactConfidence.CONFIRMED, { StringEquals: { 'aws:SourceAccount': ACCOUNT } }],
    [FactConfidence.UNKNOWN, { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }],
    [FactConfidence.UNSUPPORTED, undefined],
  ])('whose source account is %s carry the condition %j', (sourceAccount, condition) => {
    const key = keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [{ ...sender, sourceAccount }] }));
    expect(statement(key, 'UseByData').Condition).toEqual(condition);
  });

  test('carry the source ARN that they are known to send', () => {
    const facts = { ...sender, sourceAccount: FactConfidence.CONFIRMED, sourceArn: 'arn:{partition}:data:{region}:{account}:table/*' };
    expect(statement(keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [facts] })), 'UseByData').Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': 'arn:aws:data:eu-west-2:111122223333:table/*' },
    });
  });

  test.each<[string, string, object]>([
    ['ARNs as ARNs', 'arn:{partition}:data:{region}:{account}:table/*', { ArnLike: { 'kms:EncryptionContext:data': 'arn:aws:data:eu-west-2:111122223333:table/*' } }],
    ['other values as text', '{account}', { StringLike: { 'kms:EncryptionContext:data': ACCOUNT } }],
  ])('carry an encryption context of %s', (_name, data, condition) => {
    const facts = { ...sender, sourceAccount: FactConfidence.UNSUPPORTED, encryptionContext: { data } };
    expect(statement(keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [facts] })), 'UseByData').Condition).toEqual(condition);
  });

  test('act for the resources of further accounts that are given', () => {
    const facts = { ...sender, sourceAccount: FactConfidence.CONFIRMED, sourceArn: 'arn:{partition}:data:*:{account}:table/*' };
    const key = keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [facts] }), { sourceAccounts: [OTHER_ACCOUNT] });
    expect(statement(key, 'UseByData').Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': [ACCOUNT, OTHER_ACCOUNT] },
      ArnLike: { 'aws:SourceArn': ['arn:aws:data:*:111122223333:table/*', 'arn:aws:data:*:444455556666:table/*'] },
    });
  });

  test('make grants of the operations that are known, in a statement of their own', () => {
    const facts = { ...sender, sourceAccount: FactConfidence.UNKNOWN, grantOperations: ['Decrypt'] };
    expect(statement(keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [facts] })), 'GrantByData')).toMatchObject({
      Action: 'kms:CreateGrant',
      Condition: { 'StringEqualsIfExists': { 'aws:SourceAccount': ACCOUNT }, 'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' } },
    });
  });

  test('write only where they are let in to write', () => {
    const service = KmsService.of('Data', {
      ...FACTS, servicePrincipals: [{ ...sender, sourceAccount: FactConfidence.UNKNOWN, writeActions: ['kms:GenerateDataKey'] }],
    });
    expect(useSids(keyVia(service))).toEqual(['UseThroughData', 'UseByData']);
    const key = keyVia(service);
    key.via(service).grantEncrypt(new iam.ServicePrincipal('data.amazonaws.com'));
    expect(useSids(key)).toEqual(['UseThroughData', 'UseByData', 'WriteByData']);
    expect(statement(key, 'WriteByData').Action).toBe('kms:GenerateDataKey');
  });

  test('of a Region are let in under the global name that L2s know', () => {
    const facts = { ...sender, servicePrincipal: 'data.{region}.amazonaws.com', regionalOf: 'data.amazonaws.com', sourceAccount: FactConfidence.UNKNOWN };
    const service = KmsService.of('Data', { ...FACTS, senders: [facts] });
    const key = keyVia(service);
    key.via(service).grantDecrypt(new iam.ServicePrincipal('data.amazonaws.com'));
    expect(statement(key, 'UseByData').Principal).toEqual({ Service: 'data.eu-west-2.amazonaws.com' });
  });

  test('that only deliver get no statement before something is delivered', () => {
    expect(useSids(keyVia(KmsService.SNS))).toEqual(['UseThroughSns']);
  });
});
