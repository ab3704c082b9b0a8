import { readAccessRequest } from '../../src/cli/access-request';

const ASKED = { principal: 'R', key: 'K', action: 'kms:Decrypt' };

test('a request has what the line says, and nothing of its other fields', () => {
  const line = { ...ASKED, context: { 'kms:ViaService': ['x', 'y'], 'aws:SourceArn': null }, complete: false, id: 7 };
  expect(readAccessRequest(JSON.stringify(line))).toEqual({ ...ASKED, context: line.context, complete: false });
});

test('what a line leaves out is left to the model', () => {
  expect(readAccessRequest(JSON.stringify(ASKED))).toEqual({ ...ASKED, context: undefined, complete: undefined });
});

test('a field is one of the line itself, not of every object', () => {
  expect(() => readAccessRequest('{"__proto__": {"principal": "R", "key": "K", "action": "kms:Decrypt"}}')).toThrow('InvalidRequest: principal is missing');
  expect(Object.keys(readAccessRequest('{"principal": "R", "key": "K", "action": "a", "context": {"__proto__": "x"}}').context!)).toEqual(['__proto__']);
});

test.each<[what: string, line: object, message: string]>([
  ['a principal of null', { ...ASKED, principal: null }, 'InvalidRequest: principal is no string, given: \'{"principal":null,"key":"K","action":"kms:Decrypt"}\'; '
    + 'write "principal": "..."'],
  ['an action of true', { ...ASKED, action: true }, 'InvalidRequest: action is no string, given: \'true\'; write "action": "..."'],
  ['a context of null', { ...ASKED, context: null }, "InvalidRequest: context is no JSON object, given: 'null'; "
    + 'write "context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}'],
  ['a list with null in it', { ...ASKED, context: { 'aws:x': ['a', null] } }, 'InvalidRequest: aws:x of the context is no value or list of values, given: \'a list of 2\'; '
    + 'write "aws:x": "..."'],
  ['complete of null', { ...ASKED, complete: null }, "InvalidRequest: complete is neither true nor false, given: 'null'; write \"complete\": true"],
])('fails for %s', (_, line, message) => {
  expect(() => readAccessRequest(JSON.stringify(line))).toThrow(new Error(message));
});
