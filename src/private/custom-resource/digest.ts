import { createHash } from 'node:crypto';

/** A short name for a text, of characters that tags take. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 11);
}
