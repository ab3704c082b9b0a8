import { linesOf } from '../../src/cli/lines';

async function linesIn(...pieces: (Uint8Array | string)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of linesOf((async function* () { yield* pieces; })())) {
    lines.push(...some);
  }
  return lines;
}

const BYTES = Buffer.from('ä\u2028b\n');

test.each<[what: string, pieces: (Uint8Array | string)[], lines: string[]]>([
  ['end with a line end', ['a\nb\n'], ['a', 'b']],
  ['need not, the last one', ['a\nb'], ['a', 'b']],
  ['may be empty', ['a\n\n\nb\n\n'], ['a', '', '', 'b', '']],
  ['come in pieces', ['a', 'b', 'c\nd', '', '\ne'], ['abc', 'd', 'e']],
  ['hold line separators of Unicode, as JSON may', ['a\u2028b\u2029c\n'], ['a\u2028b\u2029c']],
  ['hold characters that are cut in two', [BYTES.subarray(0, 1), BYTES.subarray(1, 3), BYTES.subarray(3)], ['ä\u2028b']],
  ['lose the mark before the first', [Buffer.from('\uFEFFa\nb')], ['a', 'b']],
  ['are none where there is nothing', [], []],
])('lines %s', async (_, pieces, lines) => {
  expect(await linesIn(...pieces)).toEqual(lines);
});

test('a line of many pieces takes time by its length only', async () => {
  const pieces = Array.from({ length: 20_000 }, () => 'x'.repeat(5000));
  const [line] = await linesIn(...pieces);
  expect(line).toHaveLength(100_000_000);
});
