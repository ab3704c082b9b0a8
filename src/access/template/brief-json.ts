/** A value in JSON, nothing where it is longer than there is room for: values of different texts are different. */
export function briefJson(value: unknown, room = 160): string | undefined {
  if (value === null || typeof value !== 'object') {
    const text = JSON.stringify(value) ?? 'null';
    return text.length <= room ? text : undefined;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts: string[] = [];
  let left = room - open.length - close.length;
  for (const [name, part] of Object.entries(value)) {
    const key = Array.isArray(value) ? '' : `${JSON.stringify(name)}:`;
    const text = left > key.length ? briefJson(part, left - key.length) : undefined;
    if (text === undefined) {
      return undefined;
    }
    parts.push(key + text);
    left -= key.length + text.length + 1;
  }
  return open + parts.join() + close;
}
