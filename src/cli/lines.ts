/**
 * The lines of a text that comes in pieces, those that a piece ends at a time.
 *
 * `readline` would end lines at U+2028 too, which JSON allows in a string.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  for await (const piece of pieces) {
    const [end, ...next] = (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })).split('\n');
    begun.push(end);
    if (next.length > 0) {
      const lines = [begun.join(''), ...next];
      begun = [lines.pop()!];
      yield lines;
    }
  }
  const last = begun.join('') + decoder.decode();
  if (last !== '') {
    yield [last];
  }
}
