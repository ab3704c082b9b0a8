import { PairMemory } from '../../src/access/pair-memory';

test('makes one value for each pair, until it holds too many', () => {
  const made: string[] = [];
  const memory = new PairMemory<string, string, { readonly name: string }>(2, (first, second) => {
    made.push(first + second);
    return { name: first + second };
  });
  expect(memory.get('a', 'b')).toBe(memory.get('a', 'b'));
  expect(memory.get('a', 'c').name).toBe('ac');
  memory.get('b', 'a');
  expect(memory.get('a', 'b')).toEqual({ name: 'ab' });
  expect(made).toEqual(['ab', 'ac', 'ba', 'ab']);
});
