import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readTextFile } from '../../../src/access/reader/text-file';
import { folderWith } from '../../support/folder-with';

const TEXT = 'clé: 鍵 🔑\n';

function utf16(text: string, swapped: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return swapped ? bytes.swap16() : bytes;
}

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, the lower byte first', utf16(TEXT, false)],
  ['UTF-16, the higher byte first', utf16(TEXT, true)],
])('%s is read', (_, bytes) => {
  expect(readTextFile(join(folderWith({ file: bytes }), 'file'))).toBe(TEXT);
});

describe('fails for', () => {
  const folder = folderWith({
    'latin-1': Buffer.from('clé', 'latin1'),
    'odd': Buffer.concat([utf16('x', false), Buffer.from('x')]),
    'zeros': Buffer.alloc(8),
    'program': Buffer.from([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]),
    'huge': '',
  });
  truncateSync(join(folder, 'huge'), 257 * 2 ** 20);
  symlinkSync('loop', join(folder, 'loop'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);

  test.each([
    ['there is no such file', 'missing'],
    ['there is no such file', 'latin-1/inside'],
    ['it is a directory', '.'],
    ['it is no text in UTF-8', 'latin-1'],
    ['it is no text in UTF-16LE', 'odd'],
    ['it is no text', 'zeros'],
    ['it is no text', 'program'],
    ['it is larger than 256 MiB', 'huge'],
    ['its links lead back to themselves', 'loop'],
    ['it is no regular file', 'pipe'],
    ['its name is too long', 'x'.repeat(300)],
  ])('%s', (reason, name) => {
    const path = `${folder}/${name}`;
    expect(() => readTextFile(path)).toThrow(`UnreadableFile: this file cannot be read: ${reason}, given: '${path}'; write the path of a file of text that you may read`);
  });
});
