import { ItemBatcher } from './definition';

/** The most that AWS Step Functions takes, in bytes. */
export const LARGEST_PAYLOAD = 256 * 1024;

/** What each execution of a distributed map is given. */
export function batchesOf<T>(items: readonly T[], { MaxItemsPerBatch, MaxInputBytesPerBatch = LARGEST_PAYLOAD }: ItemBatcher): T[][] {
  const batches: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = batches.at(-1);
    if (last && last.length < MaxItemsPerBatch && bytes + size <= MaxInputBytesPerBatch) {
      last.push(item);
      bytes += size;
    } else {
      batches.push([item]);
      bytes = size;
    }
  }
  return batches;
}
