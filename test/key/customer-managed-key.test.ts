import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey } from '../../src';
import { identityStatements, propertiesOf, resourceOf, statement } from '../support/key-policy';
import { newRole, newStack } from '../support/key-stack';

describe('a key', () => {
  test('has the logical id that kms.Key would have', () => {
    const stack = newStack();
    new CustomerManagedKey(stack, 'Key');
    const l2 = newStack();
    new kms.Key(l2, 'Key');
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::KMS::Key'))).toEqual(Object.keys(Template.fromStack(l2).findResources('AWS::KMS::Key')));
  });

  test('says nothing that AWS KMS decides by itself', () => {
    expect(Object.keys(propertiesOf(new CustomerManagedKey(newStack(), 'Key')))).toEqual(['EnableKeyRotation', 'KeyPolicy']);
  });

  test.each([
    ['description', { description: 'Invoices' }, { Description: 'Invoices' }],
    ['enabled', { enabled: false }, { Enabled: false }],
    ['enabled', { enabled: true }, { Enabled: true }],
  ])('takes %s as %j', (_name, props, properties) => {
    expect(propertiesOf(new CustomerManagedKey(newStack(), 'Key', props))).toMatchObject(properties);
  });

  test('takes tags', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    Tags.of(key).add('data-domain', 'billing');
    expect(propertiesOf(key).Tags).toEqual([{ Key: 'data-domain', Value: 'billing' }]);
  });

  test('is a kms.IKey with a reference', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    expect(key.keyRef).toEqual({ keyArn: key.keyArn, keyId: key.keyId });
    expect(key.stack.resolve([key.keyArn, key.keyId])).toEqual([{ 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }, { Ref: 'Key961B73FD' }]);
  });
});

describe('an alias', () => {
  test.each([['billing'], ['alias/billing']])('given as %s is alias/billing of the key', (alias) => {
    const key = new CustomerManagedKey(newStack(), 'Key', { alias });
    Template.fromStack(key.stack).hasResourceProperties('AWS::KMS::Alias', {
      AliasName: 'alias/billing', TargetKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
    });
  });

  test('can have others beside it', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { alias: 'billing' });
    key.addAlias('invoices');
    key.addAlias('alias/archive/2026');
    const names = Object.values(Template.fromStack(key.stack).findResources('AWS::KMS::Alias')).map(({ Properties }) => Properties.AliasName);
    expect(names.sort()).toEqual(['alias/archive/2026', 'alias/billing', 'alias/invoices']);
  });
});

describe('the key and its aliases', () => {
  test.each([
    ['retained, but for the rollback of what made them', undefined, 'RetainExceptOnCreate'],
    ['retained', RemovalPolicy.RETAIN, 'Retain'],
    ['deleted', RemovalPolicy.DESTROY, 'Delete'],
  ])('are %s together', (_name, removalPolicy, policy) => {
    const key = new CustomerManagedKey(newStack(), 'Key', { alias: 'billing', removalPolicy });
    key.addAlias('invoices');
    const resources: any[] = Object.values(Template.fromStack(key.stack).toJSON().Resources);
    expect(resources.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([policy, policy, policy]);
    expect(new Set(resources.map(({ UpdateReplacePolicy }) => UpdateReplacePolicy)).size).toBe(1);
  });

  test('are retained when they are replaced', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { alias: 'billing' });
    expect(resourceOf(key).UpdateReplacePolicy).toBe('Retain');
    Template.fromStack(key.stack).hasResource('AWS::KMS::Alias', { UpdateReplacePolicy: 'Retain', DeletionPolicy: Match.anyValue() });
  });
});

describe('the verbs of kms.IKey', () => {
  const SIGN = { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY };
  const MAC = { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC };

  test.each<[string, object, (key: CustomerManagedKey) => void, string | string[]]>([
    ['grantDecrypt', {}, (key) => key.grantDecrypt(newRole(key.stack)), 'kms:Decrypt'],
    ['grantEncrypt', {}, (key) => key.grantEncrypt(newRole(key.stack)), ['kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptTo']],
    ['grantEncrypt of an asymmetric key', { keySpec: kms.KeySpec.RSA_2048 }, (key) => key.grantEncrypt(newRole(key.stack)),
      ['kms:DescribeKey', 'kms:Encrypt', 'kms:GetPublicKey', 'kms:ReEncryptTo']],
    ['grantEncryptDecrypt', {}, (key) => key.grantEncryptDecrypt(newRole(key.stack)),
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']],
    ['grantSign', SIGN, (key) => key.grantSign(newRole(key.stack)), 'kms:Sign'],
    ['grantVerify', SIGN, (key) => key.grantVerify(newRole(key.stack)), 'kms:Verify'],
    ['grantSignVerify', SIGN, (key) => key.grantSignVerify(newRole(key.stack)), ['kms:Sign', 'kms:Verify']],
    ['grantGenerateMac', MAC, (key) => key.grantGenerateMac(newRole(key.stack)), 'kms:GenerateMac'],
    ['grantVerifyMac', MAC, (key) => key.grantVerifyMac(newRole(key.stack)), 'kms:VerifyMac'],
  ])('%s writes both halves', (_name, props, grant, actions) => {
    const key = new CustomerManagedKey(newStack(), 'Key', props);
    grant(key);
    const sid = `Direct${[actions].flat().map((action) => action.slice('kms:'.length).replace('*', 'All')).join('')}`;
    expect(statement(key, sid).Action).toEqual(actions);
    expect([identityStatements(key.stack)[0].Action].flat().sort()).toEqual([actions].flat());
  });

  test('fails where the kind of the key has no such use', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', SIGN);
    expect(() => key.grantEncryptDecrypt(newRole(key.stack))).toThrow(/^ActionNotUse: a grant gives use of the key, given: kms:DescribeKey, kms:Encrypt/);
  });

  test('fails where an asymmetric key is to encrypt and decrypt with data keys', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { keySpec: kms.KeySpec.RSA_2048 });
    expect(() => key.grant(newRole(key.stack), 'kms:GenerateDataKey')).toThrow(/^ActionNotUse/);
  });
});

test('fails for an alias that is given twice, however it is spelled', () => {
  const key = new CustomerManagedKey(newStack(), 'Key', { alias: 'billing' });
  expect(() => key.addAlias('alias/billing')).toThrow(new Error('AliasTwice: the alias alias/billing was given twice; give it once [at Keys/Key]'));
});
