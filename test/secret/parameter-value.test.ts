import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { CustomerManagedKey, GeneratedValueOptions, ParameterValue, SecureStringParameter } from '../../src';
import { ACCOUNT, newApp, newStack, REGION } from '../support/key-stack';
import { templateOf } from '../support/template-difference';

const BASE64 = Buffer.from('made beforehand').toString('base64');

function valueOf(value: (scope: Stack) => ParameterValue, props = {}): any {
  const template = templateOf((scope) => new SecureStringParameter(scope, 'Token', {
    parameterName: '/billing/token', value: value(scope as Stack), encryptionKey: new CustomerManagedKey(scope, 'Key'), ...props,
  }));
  return template.Resources.TokenCB33349F.Properties.Value;
}

function error(value: (scope: Stack) => ParameterValue, props: object = {}): () => unknown {
  return () => {
    const stack = newStack(newApp(), 'Data');
    new SecureStringParameter(stack, 'Token', { parameterName: '/billing/token', value: value(stack), encryptionKey: new CustomerManagedKey(stack, 'Key'), ...props });
  };
}

describe('a generated value', () => {
  test.each<[string, GeneratedValueOptions, object]>([
    ['nothing', {}, { Length: '32' }],
    ['a length', { length: 4096 }, { Length: '4096' }],
    ['a length that is known at deployment', { length: Lazy.number({ produce: () => 24 }) }, { Length: '24' }],
    ['characters to leave out', { excludeCharacters: '"@/' }, { Length: '32', ExcludeCharacters: '"@/' }],
    ['kinds to leave out', { excludeLowercase: true, excludeUppercase: false, excludeNumbers: true, excludePunctuation: true },
      { Length: '32', ExcludeLowercase: 'true', ExcludeUppercase: 'false', ExcludeNumbers: 'true', ExcludePunctuation: 'true' }],
    ['no kind that it must have', { length: 1, requireEachIncludedType: false }, { Length: '1', RequireEachIncludedType: 'false' }],
    ['a revision', { revision: '2' }, { Length: '32', Revision: '2' }],
  ])('is described by %s', (_what, options, Generated) => {
    expect(valueOf(() => ParameterValue.generated(options))).toEqual({ Generated });
  });

  test('in the advanced tier has twice the length', () => {
    expect(valueOf(() => ParameterValue.generated({ length: 8192 }), { tier: ssm.ParameterTier.ADVANCED })).toEqual({ Generated: { Length: '8192' } });
  });

  test.each<[string, GeneratedValueOptions, string]>([
    ['too long', { length: 4097 }, 'a value of this tier that has each of 4 kinds of characters is 4 to 4096 long, given: 4097'],
    ['too short for each kind', { length: 3 }, 'a value of this tier that has each of 4 kinds of characters is 4 to 4096 long, given: 3'],
    ['empty', { length: 0, requireEachIncludedType: false }, 'a value of this tier that has each of 4 kinds of characters is 1 to 4096 long, given: 0'],
    ['broken', { length: 8.5 }, 'a value of this tier that has each of 4 kinds of characters is 4 to 4096 long, given: 8.5'],
  ])('fails where it is %s', (_what, options, text) => {
    expect(error(() => ParameterValue.generated(options))).toThrow(`GeneratedValueLengthInvalid: ${text}; write such a length, or another tier [at Data/Token]`);
  });

  test('fails where no character is left', () => {
    expect(error(() => ParameterValue.generated({ excludeLowercase: true, excludeUppercase: true, excludePunctuation: true, excludeCharacters: '0123456789' })))
      .toThrow('GeneratedValueWithoutCharacters: a value is generated of the characters that are not excluded, given: all of them excluded; '
        + 'exclude fewer [at Data/Token]');
  });
});

describe('a copy of a secret', () => {
  test.each<[string, string | undefined, string | undefined, object]>([
    ['the secret', undefined, undefined, {}],
    ['a field of it', 'password', undefined, { Field: 'password' }],
    ['it once more', undefined, '2', { Revision: '2' }],
  ])('is of %s', (_what, field, revision, more) => {
    expect(valueOf((scope) => ParameterValue.fromSecret(new secretsmanager.Secret(scope, 'Secret'), field, revision))).toEqual({
      Secret: { SecretId: { Ref: 'SecretA720EF05' }, ...more },
    });
  });

  test('lets the role of the parameter read the secret, decrypting it', () => {
    const template = templateOf((scope) => {
      const key = new CustomerManagedKey(scope, 'Key');
      new SecureStringParameter(scope, 'Token', {
        parameterName: '/billing/token', value: ParameterValue.fromSecret(secretsmanager.Secret.fromSecretNameV2(scope, 'Secret', 'bank')), encryptionKey: key,
      });
    });
    const statements = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      Resource: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:bank-??????`,
    });
  });

  test('fails for a secret of another Region', () => {
    expect(error((scope) => ParameterValue.fromSecret(secretsmanager.Secret.fromSecretCompleteArn(
      scope, 'Secret', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:bank-AbCdEf`,
    )))).toThrow('SecretOfAnotherRegion: a secret is copied within its Region, given: Data/Secret in eu-west-1, for eu-west-2; '
      + 'give its replica in eu-west-2, or a secret there [at Data/Token]');
  });

  test('fails for a field without name', () => {
    expect(error((scope) => ParameterValue.fromSecret(new secretsmanager.Secret(scope, 'Secret'), ''))).toThrow(
      'SecretFieldEmpty: a field of a secret has a name, given: \'\'; write one, or leave it out for the whole secret [at Data/Token]');
  });
});

describe('a ciphertext', () => {
  test('stands in the template with the key that it was made under', () => {
    expect(valueOf(() => ParameterValue.fromCiphertext(BASE64))).toEqual({
      Ciphertext: { Blob: BASE64, KeyArn: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } },
    });
  });

  test('passes where it is known at deployment only', () => {
    expect(valueOf(() => ParameterValue.fromCiphertext(Aws.STACK_NAME)).Ciphertext.Blob).toEqual({ Ref: 'AWS::StackName' });
  });

  test.each([
    ['no Base64', 'not base64!', 'text that is no Base64, or has line breaks'],
    ['Base64 with a line break', `${BASE64}\n`, 'text that is no Base64, or has line breaks'],
    ['nothing', '', 'text that is no Base64, or has line breaks'],
    ['too much', Buffer.alloc(6145).toString('base64'), '6145 bytes, which are more than the 4,096 that AWS KMS encrypts directly'],
  ])('fails for %s', (_what, ciphertext, given) => {
    expect(error(() => ParameterValue.fromCiphertext(ciphertext))).toThrow(
      `CiphertextInvalid: fromCiphertext takes what aws kms encrypt --query CiphertextBlob --output text prints, given: ${given}; write that [at Data/Token]`);
  });

  test('fails under a key that is made with the parameter', () => {
    expect(error(() => ParameterValue.fromCiphertext(BASE64), { encryptionKey: undefined })).toThrow(
      'CiphertextWithoutKey: a ciphertext was made under a key that was there before, given: no key; give it as encryptionKey, or to fromCiphertext [at Data/Token]');
  });
});
