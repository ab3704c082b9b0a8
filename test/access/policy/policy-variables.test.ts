import { fillings } from '../../../src/access/policy/policy-variables';
import { madeUpText } from '../../../src/access/text/text';

test.each<[pattern: string, text: string, values: string[]]>([
  ['a/${tag}', 'a/b', ['b']],
  ['a/${Tag}/c', 'a/b/c', ['b']],
  ['${tag}', '', ['']],
  ['*${tag}c', 'abc', ['', 'b', 'ab']],
  ['${tag}-${tag}', 'a-a', ['a']],
  ['${other}/${tag}', 'a/b', ['b']],
  ['x${tag}', 'abc', []],
  ['a${other}', 'ab', []],
  ['key/${tag}', `key/${madeUpText('K')}`, [madeUpText('K')]],
])('the variable of %s is for %s one of %j', (pattern, text, values) => {
  expect(fillings(pattern, 'tag', text)).toEqual(values);
});

test('a variable that can be almost anything is tried with the shortest values', () => {
  expect(fillings('*${tag}*', 'tag', 'abcdefghijklmnopqrstuvwxyz').slice(0, 3)).toEqual(['', 'a', 'b']);
});
