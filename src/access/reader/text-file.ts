import { closeSync, constants, fstatSync, openSync, readFileSync } from 'fs';
import { TextDecoder } from 'util';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** Larger than any template: CloudFormation takes 1 MB. */
const LARGEST_MIB = 256;
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ELOOP: 'its links lead back to themselves',
  ENAMETOOLONG: 'its name is too long',
  ERR_INVALID_ARG_VALUE: 'its name holds a zero byte',
};

/** The text of a file, in UTF-8, or in UTF-16 where it says so in its first two bytes. */
export function readTextFile(path: string): string {
  const bytes = readBytes(path);
  // https://yaml.org/spec/1.1/#id868742: JSON and YAML tell UTF-16 by this mark; TextDecoder takes it away.
  const encoding = bytes[0] === 0xFF && bytes[1] === 0xFE ? 'utf-16le' : bytes[0] === 0xFE && bytes[1] === 0xFF ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, `it is no text in ${encoding.toUpperCase()}`);
  }
  if (text.includes('\0')) {
    throw unreadable(path, 'it is no text');
  }
  return text;
}

function readBytes(path: string): Buffer {
  let file: number | undefined;
  try {
    // To read, which is 0, and without waiting for somebody who writes to a pipe.
    file = openSync(path, constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (!stats.isFile()) {
      throw unreadable(path, stats.isDirectory() ? REASONS.EISDIR : 'it is no regular file');
    }
    if (stats.size > LARGEST_MIB * 2 ** 20) {
      throw unreadable(path, `it is larger than ${LARGEST_MIB} MiB`);
    }
    return readFileSync(file);
  } catch (error) {
    throw error instanceof KmsPatternsError ? error : unreadable(path, reasonOf(error as NodeJS.ErrnoException));
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}

function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return Object.hasOwn(REASONS, code) ? REASONS[code] : message;
}

function unreadable(path: string, reason: string): KmsPatternsError {
  return new KmsPatternsError('UnreadableFile', `this file cannot be read: ${reason}, given: '${path}'; write the path of a file of text that you may read`);
}
