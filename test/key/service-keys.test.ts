import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey, KmsService, PrincipalMatch } from '../../src';
import { statement } from '../support/key-policy';
import { newStack } from '../support/key-stack';

const FACTS = { name: 'Amazon Data', viaServices: ['data'], useActions: ['kms:Decrypt'], sources: ['https://docs.aws.amazon.com/data/'] };

describe('a service that is asked for again', () => {
  const newKey = () => new CustomerManagedKey(newStack(), 'Key');

  test('gives the same key', () => {
    const key = newKey();
    expect(key.via(KmsService.S3)).toBe(key.via(KmsService.S3));
  });

  test('keeps its options where none are given', () => {
    const key = newKey();
    const first = key.via(KmsService.S3, { regions: ['eu-west-1'] });
    expect(key.via(KmsService.S3)).toBe(first);
    expect(statement(key, 'UseThroughS3').Condition?.StringEquals['kms:ViaService']).toEqual(['s3.eu-west-1.amazonaws.com', 's3.eu-west-2.amazonaws.com']);
  });

  test('takes the same options again', () => {
    const key = newKey();
    const options = () => ({ regions: ['eu-west-1'], useOnlyBy: PrincipalMatch.tag('a', 'b') });
    expect(key.via(KmsService.S3, options())).toBe(key.via(KmsService.S3, options()));
  });

  test('fails with other options: the looser ones would win', () => {
    const key = newKey();
    key.via(KmsService.S3, { regions: ['eu-west-1'] });
    expect(() => key.via(KmsService.S3, { regions: ['eu-west-3'] })).toThrow(new Error(
      'ViaServiceGivenTwice: via(S3) was asked for with the options {"regions":["eu-west-3"]}, and before with {"regions":["eu-west-1"]}; '
      + 'statements add up, so that the looser ones would win: give the options once, where the key is made [at Keys/Key]',
    ));
  });

  test('fails with options after a time without', () => {
    const key = newKey();
    key.via(KmsService.S3);
    expect(() => key.via(KmsService.S3, { regions: ['eu-west-1'] })).toThrow(new Error(
      'ViaServiceGivenTwice: via(S3) was asked for with the options {"regions":["eu-west-1"]}, and before with {}; '
      + 'statements add up, so that the looser ones would win: give the options once, where the key is made [at Keys/Key]',
    ));
  });

  test('fails with other facts under the same id', () => {
    const key = newKey();
    key.via(KmsService.of('Data', FACTS));
    expect(() => key.via(KmsService.of('Data', { ...FACTS, useActions: ['kms:Encrypt'] }))).toThrow(new Error(
      'ViaServiceGivenTwice: via(Data) was asked for with other facts, and before with these; '
      + 'statements add up, so that the looser ones would win: give the options once, where the key is made [at Keys/Key]',
    ));
  });
});

test.each([
  [kms.KeySpec.RSA_2048, kms.KeyUsage.ENCRYPT_DECRYPT],
  [kms.KeySpec.ECC_NIST_P256, kms.KeyUsage.SIGN_VERIFY],
  [kms.KeySpec.HMAC_256, kms.KeyUsage.GENERATE_VERIFY_MAC],
])('fails where a key with keySpec %s and keyUsage %s is given to storage', (keySpec, keyUsage) => {
  const key = new CustomerManagedKey(newStack(), 'Key', { keySpec, keyUsage });
  expect(() => key.via(KmsService.S3)).toThrow(new Error(
    'KeyNotForStorage: AWS services encrypt data with symmetric encryption keys only, given to Amazon S3: '
    + `a key with keySpec ${keySpec} and keyUsage ${keyUsage}; use a CustomerManagedKey without keySpec and keyUsage [at Keys/Key]`,
  ));
});
