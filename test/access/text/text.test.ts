import * as fc from 'fast-check';
import { equalText, isKnown, literalText, lowerText, matchesText, readable, unknownText } from '../../../src/access/text/text';

const X = unknownText('X');
const Y = unknownText('Y');

describe('a text matches a pattern', () => {
  test.each([
    ['*', '', true],
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a?c', 'ac', false],
    ['a?c', 'abc', true],
    ['*b*b', 'abab', true],
    ['*b*b', 'aba', false],
    ['A', 'a', false],
    ['', 'a', false],
  ])('%s of %s: %s', (pattern, text, expected) => {
    expect(matchesText(pattern, text)).toBe(expected);
  });

  test.each([
    ['the same unknown is equal to itself', `arn:${X}:key`, `arn:${X}:key`, true],
    ['an unknown matches a wildcard', 'arn:*', `arn:${X}`, true],
    ['an unknown may be any text', 'arn:aws', `arn:${X}`, 'unknown'],
    ['an unknown may be empty', 'arn:', `arn:${X}`, 'unknown'],
    ['an unknown cannot mend what differs before it', 'arn:aws', `urn:${X}`, false],
    ['an unknown cannot mend what differs after it', 'arn:aws:a', `arn:${X}:b`, false],
    ['an unknown may hold what a ? stands for', 'a?', `a${X}`, 'unknown'],
    ['an unknown pattern may be any text', `arn:${X}`, 'arn:aws', 'unknown'],
    ['two unknowns may be equal', X, Y, 'unknown'],
    ['two unknowns between other texts cannot be equal', `a${X}`, `b${Y}`, false],
    ['an unknown may end before more of the pattern', `${X}b`, `${Y}c`, false],
  ] as const)('%s', (_, pattern, text, expected) => {
    expect(matchesText(pattern, text)).toBe(expected);
  });
});

test('a wildcard is a character where texts are compared for equality', () => {
  expect(equalText('*', 'a')).toBe(false);
  expect(equalText('*', '*')).toBe(true);
  expect(equalText('a', X)).toBe('unknown');
});

test('marks of a template are taken out, so that nobody can write an unknown', () => {
  expect(isKnown(literalText(`a${X}`))).toBe(true);
});

test('the name of an unknown is no pattern, and reads no policy variable', () => {
  const name = unknownText('Fn::Sub ${*}?');
  expect([/[*?$]/.test(name), matchesText('a', name), matchesText(name, 'a'), readable(name)]).toEqual([false, 'unknown', 'unknown', '<Fn::Sub ${*}?>']);
});

test('unknowns whose names differ in case only are not the same in any case', () => {
  expect(lowerText(`A${unknownText('B')}C`)).toBe(`a${unknownText('B')}c`);
});

test('unknown parts are readable', () => {
  expect(readable(`arn:${unknownText('Keys/Key')}`)).toBe('arn:<Keys/Key>');
});

test('filling an unknown in never turns a sure answer around', () => {
  const piece = fc.constantFrom('a', 'b', '', 'ab', 'ba');
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', '*', '?', X), { maxLength: 6 }), fc.array(fc.constantFrom('a', 'b', X, Y), { maxLength: 6 }), piece, piece,
    (pattern, text, x, y) => {
      const before = matchesText(pattern.join(''), text.join(''));
      const fill = (parts: string[]) => parts.map((part) => part === X ? x : part === Y ? y : part).join('');
      if (before !== 'unknown') {
        expect(matchesText(fill(pattern), fill(text))).toBe(before);
      }
    }), { numRuns: 2000, seed: 1 });
});
