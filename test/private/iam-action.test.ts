import { allKnown, commonActions } from '../../src/private/iam-action';

test.each<[string, string[], string[], string[]]>([
  ['the same', ['kms:Decrypt'], ['kms:Decrypt', 'kms:Encrypt'], ['kms:Decrypt']],
  ['a wildcard asked for', ['kms:GenerateDataKey*'], ['kms:GenerateDataKey', 'kms:GenerateDataKeyPair', 'kms:Decrypt'],
    ['kms:GenerateDataKey', 'kms:GenerateDataKeyPair']],
  ['a wildcard known', ['kms:ReEncryptFrom'], ['kms:ReEncrypt*'], ['kms:ReEncryptFrom']],
  ['the same wildcard', ['kms:ReEncrypt*'], ['kms:ReEncrypt*'], ['kms:ReEncrypt*']],
  ['another case, in the spelling of AWS', ['kms:GenerateDataKeyWithoutPlainText'], ['kms:GenerateDataKeyWithoutPlaintext'],
    ['kms:GenerateDataKeyWithoutPlaintext']],
  ['nothing', ['kms:Sign'], ['kms:Decrypt'], []],
  ['each once, sorted', ['kms:Encrypt', 'kms:Decrypt', 'kms:Encrypt'], ['kms:Decrypt', 'kms:Encrypt'], ['kms:Decrypt', 'kms:Encrypt']],
])('two sets of actions have in common: %s', (_name, asked, known, common) => {
  expect(commonActions(asked, known)).toEqual(common);
});

test.each<[string[], string[], boolean]>([
  [['kms:Decrypt'], ['kms:Decrypt'], true],
  [['kms:decrypt'], ['kms:Decrypt'], true],
  [['kms:ReEncryptTo'], ['kms:ReEncrypt*'], true],
  [['kms:ReEncrypt*'], ['kms:ReEncryptTo'], false],
  [['kms:Decrypt', 'kms:Sign'], ['kms:Decrypt'], false],
  [['kms:*'], ['kms:Decrypt', 'kms:ReEncrypt*'], false],
  [[], ['kms:Decrypt'], true],
])('%j is covered by %j: %s', (asked, known, covered) => {
  expect(allKnown(asked, known)).toBe(covered);
});
