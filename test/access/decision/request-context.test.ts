import { readContext } from '../../../src/access/decision/request-context';

test('condition keys are read in any case, and those without a value as absent', () => {
  expect(readContext({ 'kms:ViaService': 's3', 'AWS:MultiFactorAuthAge': 7, 'aws:SecureTransport': true, 'kms:EncryptionContext:Id': ['a', 'b'], 'aws:x': null })).toEqual({
    values: new Map([
      ['kms:viaservice', ['s3']], ['aws:multifactorauthage', ['7']], ['aws:securetransport', ['true']], ['kms:encryptioncontext:id', ['a', 'b']], ['aws:x', []],
    ]),
    contextNames: ['Id'],
  });
});

test('names that every object has are condition keys like any other', () => {
  expect([...readContext(JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, unknown>).values]).toEqual([['__proto__', ['a']], ['constructor', ['b']]]);
});

test.each<[string, unknown]>([
  ['an object', {}],
  ['a list in a list', [['s3']]],
  ['null in a list', [null]],
])('fails for %s as a value', (given, value) => {
  expect(() => readContext({ 'kms:ViaService': value })).toThrow(
    `InvalidContext: a condition key has a text or a list of texts, given: ${given} under 'kms:ViaService'; write "kms:ViaService": "value"`);
});
