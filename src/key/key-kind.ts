import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';

const RSA = ['RSA_2048', 'RSA_3072', 'RSA_4096'];
const NIST = ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'];
const HMAC = ['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'];
const ML_DSA = ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'];

/** The key specs of each usage. @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const SPECS: Record<kms.KeyUsage, string[]> = {
  [kms.KeyUsage.ENCRYPT_DECRYPT]: ['SYMMETRIC_DEFAULT', ...RSA, 'SM2'],
  [kms.KeyUsage.SIGN_VERIFY]: [...RSA, ...NIST, 'ECC_NIST_EDWARDS25519', 'ECC_SECG_P256K1', ...ML_DSA, 'SM2'],
  [kms.KeyUsage.GENERATE_VERIFY_MAC]: HMAC,
  [kms.KeyUsage.KEY_AGREEMENT]: [...NIST, 'SM2'],
};

/** What a principal may do directly with a key, by its usage. Administration and grants are not among it. */
const USE: Record<kms.KeyUsage, string[]> = {
  [kms.KeyUsage.ENCRYPT_DECRYPT]: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:ReEncrypt*'],
  [kms.KeyUsage.SIGN_VERIFY]: ['kms:Sign', 'kms:Verify'],
  [kms.KeyUsage.GENERATE_VERIFY_MAC]: ['kms:GenerateMac', 'kms:VerifyMac'],
  [kms.KeyUsage.KEY_AGREEMENT]: ['kms:DeriveSharedSecret'],
};
const DATA_KEYS = [
  'kms:GenerateDataKey', 'kms:GenerateDataKey*', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
];

/**
 * The kind of a key: what it is made of and what it is for. AWS KMS changes neither once the key exists.
 */
export class KeyKind {
  constructor(scope: IConstruct, public readonly spec: kms.KeySpec, public readonly usage: kms.KeyUsage) {
    if (!SPECS[usage].includes(spec)) {
      const usages = Object.entries(SPECS).filter(([, specs]) => specs.includes(spec)).map(([name]) => name);
      throw new KmsPatternsError('KeySpecNotForUsage',
        `keySpec ${spec} cannot be used for ${usage}; write keyUsage ${usages.join(' or ')}, or a keySpec of ${SPECS[usage].join(', ')}`, scope);
    }
  }

  public get symmetricEncryption(): boolean {
    return this.spec === kms.KeySpec.SYMMETRIC_DEFAULT;
  }

  /** Whether the key has a public half. */
  public get asymmetric(): boolean {
    return !this.symmetricEncryption && this.usage !== kms.KeyUsage.GENERATE_VERIFY_MAC;
  }

  public get useActions(): string[] {
    return [
      'kms:DescribeKey',
      ...USE[this.usage],
      ...this.symmetricEncryption ? DATA_KEYS : [],
      ...this.asymmetric ? ['kms:GetPublicKey'] : [],
    ];
  }
}
