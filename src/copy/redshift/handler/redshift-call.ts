/** How Amazon Redshift is called: again where what stands against it passes. */
export type Call = <T>(attempt: () => Promise<T>) => Promise<T>;

/** What a call gives, or nothing where it is refused with an error that says that there is nothing to do. */
export async function unless<T>(error: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (thrown) {
    if ((thrown as Error).name === error) {
      return undefined;
    }
    throw thrown;
  }
}
