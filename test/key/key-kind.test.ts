import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey } from '../../src';
import { propertiesOf, statement } from '../support/key-policy';
import { newStack } from '../support/key-stack';

const { ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT } = kms.KeyUsage;
const USAGES = Object.values(kms.KeyUsage);

/** As the page on key specs has them, the other usages of each being refused by AWS KMS. */
const USAGES_OF: Record<kms.KeySpec, kms.KeyUsage[]> = {
  SYMMETRIC_DEFAULT: [ENCRYPT_DECRYPT],
  RSA_2048: [ENCRYPT_DECRYPT, SIGN_VERIFY],
  RSA_3072: [ENCRYPT_DECRYPT, SIGN_VERIFY],
  RSA_4096: [ENCRYPT_DECRYPT, SIGN_VERIFY],
  ECC_NIST_P256: [SIGN_VERIFY, KEY_AGREEMENT],
  ECC_NIST_P384: [SIGN_VERIFY, KEY_AGREEMENT],
  ECC_NIST_P521: [SIGN_VERIFY, KEY_AGREEMENT],
  ECC_NIST_EDWARDS25519: [SIGN_VERIFY],
  ECC_SECG_P256K1: [SIGN_VERIFY],
  ML_DSA_44: [SIGN_VERIFY],
  ML_DSA_65: [SIGN_VERIFY],
  ML_DSA_87: [SIGN_VERIFY],
  HMAC_224: [GENERATE_VERIFY_MAC],
  HMAC_256: [GENERATE_VERIFY_MAC],
  HMAC_384: [GENERATE_VERIFY_MAC],
  HMAC_512: [GENERATE_VERIFY_MAC],
  SM2: [ENCRYPT_DECRYPT, SIGN_VERIFY, KEY_AGREEMENT],
};
const PAIRS = Object.values(kms.KeySpec).flatMap((spec) => USAGES.map((usage) => ({ spec, usage, possible: USAGES_OF[spec].includes(usage) })));

describe('every spec and usage of aws-cdk-lib', () => {
  test('is in this table', () => {
    expect(Object.keys(USAGES_OF).sort()).toEqual(Object.values(kms.KeySpec).sort());
  });

  test.each(PAIRS.filter(({ possible }) => possible))('$spec is made for $usage', ({ spec, usage }) => {
    const key = new CustomerManagedKey(newStack(), 'Key', { keySpec: spec, keyUsage: usage });
    expect(propertiesOf(key)).toMatchObject({ KeySpec: spec, KeyUsage: usage });
  });

  test.each(PAIRS.filter(({ possible }) => !possible))('fails where $spec is to be used for $usage', ({ spec, usage }) => {
    const specs = Object.values(kms.KeySpec).filter((other) => USAGES_OF[other].includes(usage));
    const make = () => new CustomerManagedKey(newStack(), 'Key', { keySpec: spec, keyUsage: usage });
    const message = /^KeySpecNotForUsage: keySpec (\w+) cannot be used for (\w+); write keyUsage (.+), or a keySpec of (.+) \[at Keys\/Key\]$/;
    const [, givenSpec, givenUsage, usages, otherSpecs] = message.exec(messageOf(make)) ?? [];
    expect([givenSpec, givenUsage]).toEqual([spec, usage]);
    expect(usages.split(' or ').sort()).toEqual([...USAGES_OF[spec]].sort());
    expect(otherSpecs.split(', ').sort()).toEqual(specs.sort());
  });
});

test('the message says what to write instead', () => {
  expect(messageOf(() => new CustomerManagedKey(newStack(), 'Key', { keySpec: kms.KeySpec.HMAC_256 }))).toBe(
    'KeySpecNotForUsage: keySpec HMAC_256 cannot be used for ENCRYPT_DECRYPT; write keyUsage GENERATE_VERIFY_MAC, '
    + 'or a keySpec of SYMMETRIC_DEFAULT, RSA_2048, RSA_3072, RSA_4096, SM2 [at Keys/Key]',
  );
});

describe('the public key', () => {
  test.each([
    [kms.KeySpec.RSA_2048, ENCRYPT_DECRYPT, true],
    [kms.KeySpec.ECC_NIST_P256, SIGN_VERIFY, true],
    [kms.KeySpec.ECC_NIST_P256, KEY_AGREEMENT, true],
    [kms.KeySpec.HMAC_256, GENERATE_VERIFY_MAC, false],
    [kms.KeySpec.SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, false],
  ])('of %s for %s is metadata: %s', (keySpec, keyUsage, readable) => {
    const actions = statement(new CustomerManagedKey(newStack(), 'Key', { keySpec, keyUsage }), 'ReadMetadata').Action;
    expect(actions.includes('kms:GetPublicKey')).toBe(readable);
  });
});

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing failed';
}
