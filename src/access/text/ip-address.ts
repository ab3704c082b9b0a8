import { isKnown, Text } from './text';
import { Truth } from './truth';

/** Whether an IPv4 or IPv6 address is in a block, or is the address itself. */
export function matchesAddress(given: Text, wanted: Text): Truth {
  if (!isKnown(given) || !isKnown(wanted)) {
    return 'unknown';
  }
  const [block, length] = wanted.split('/');
  const [address, base] = [addressBits(given), addressBits(block)];
  const prefix = length === undefined ? base?.length : /^\d{1,3}$/.test(length) ? Number(length) : undefined;
  return address !== undefined && base !== undefined && address.length === base.length && prefix !== undefined && prefix <= base.length
    && address.slice(0, prefix) === base.slice(0, prefix);
}

function addressBits(text: string): string | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const bytes = text.split('.').map(Number);
    return bytes.every((byte) => byte < 256) ? bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('') : undefined;
  }
  const [head, tail, more] = text.split('::');
  if (more !== undefined || !/^[0-9a-f:]*$/i.test(text)) {
    return undefined;
  }
  const words = (part?: string) => part ? part.split(':') : [];
  const missing = 8 - words(head).length - words(tail).length;
  const all = tail === undefined ? words(head) : [...words(head), ...Array<string>(Math.max(missing, 0)).fill('0'), ...words(tail)];
  return all.length === 8 && all.every((word) => /^[0-9a-f]{1,4}$/i.test(word))
    ? all.map((word) => parseInt(word, 16).toString(2).padStart(16, '0')).join('') : undefined;
}

/** The addresses at both ends of a block, and those beside them. */
export function edgesOf(block: string): string[] {
  const [base, length] = block.split('/');
  const bits = addressBits(base);
  if (bits === undefined) {
    return [];
  }
  const prefix = bits.slice(0, length === undefined ? bits.length : Number(length));
  const first = BigInt(`0b${prefix.padEnd(bits.length, '0')}`);
  const last = BigInt(`0b${prefix.padEnd(bits.length, '1')}`);
  const most = 2n ** BigInt(bits.length) - 1n;
  return [first - 1n, first, last, last + 1n].filter((edge) => edge >= 0n && edge <= most).map((edge) => addressOf(edge.toString(2).padStart(bits.length, '0')));
}

function addressOf(bits: string): string {
  return bits.length === 32 ? bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)).join('.')
    : bits.match(/.{16}/g)!.map((word) => parseInt(word, 2).toString(16)).join(':');
}
