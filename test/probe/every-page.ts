/** What all pages of a list have together. */
export async function everyPage<T>(
  page: (token: string | undefined) => Promise<[items: readonly T[] | undefined, next: string | undefined]>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const [items, next] = await page(token);
    all.push(...items ?? []);
    token = next;
  } while (token);
  return all;
}
