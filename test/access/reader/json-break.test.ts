import fc from 'fast-check';
import { jsonBreak } from '../../../src/access/reader/json-break';

test.each([
  ['{"a": 1}', undefined],
  [' [1, -2.5e+3, true, null, "\\u00e9\\n"] ', undefined],
  ['', 0],
  ['{"a": [1, 2', 11],
  ['{"a": "x', 8],
  ['{"a": tru', 9],
  ['{"a": -', 7],
  ['["\\u00', 6],
  ['[nul]', 1],
  ['{"a": 1,}', 8],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ['[1]]', 3],
  ['[01]', 1],
  ['["\\x"]', 2],
  ['["a\nb"]', 3],
  ['{"a": 1} x', 9],
  ["{'a': 1}", 1],
  [`${'['.repeat(100_000)}x`, 100_000],
])('%.20j breaks at %s', (text, at) => {
  expect(jsonBreak(text)).toBe(at);
});

test('it finds a break where JSON.parse does, and nowhere else', () => {
  const pieces = fc.constantFrom('', ',', '}', ']', '{', '[', '"', '\\', ':', '0', 'e', '-', '.', 't', '\n', '\u0001', 'null', '\\u12', '1.');
  fc.assert(fc.property(fc.json({ depthSize: 'medium' }), fc.nat(), fc.nat(4), pieces, (json, place, cut, piece) => {
    const at = place % (json.length + 1);
    const text = json.slice(0, at) + piece + json.slice(at + cut);
    expect(jsonBreak(text) === undefined).toBe(isJson(text));
  }), { numRuns: 3_000 });
});

test('JSON that is cut breaks at its end', () => {
  fc.assert(fc.property(fc.json(), fc.nat(), (json, place) => {
    const text = json.slice(0, place % json.length);
    expect(jsonBreak(text)).toBe(isJson(text) ? undefined : text.length);
  }), { numRuns: 1_000 });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
