/** What is gone already, or was not there: the names of such errors. */
const GONE = /NotFound|NoSuch|DoesNotExist|NonExistent|ResourceNotFound/;

/** Deletes whatever it finds, whatever fails, and remembers what there was. */
export class Sweep {
  public readonly found: string[] = [];

  /** @param what how those are called that `list` gives, before their names */
  public async each<T>(
    what: string, list: () => Promise<readonly T[] | undefined>, nameOf: (item: T) => string | undefined, remove: (item: T) => Promise<unknown>,
  ): Promise<void> {
    let items: readonly T[] = [];
    try {
      items = await list() ?? [];
    } catch (error) {
      if (!GONE.test((error as Error).name)) {
        this.found.push(`${what}: cannot be listed (${reason(error)})`);
      }
    }
    for (const item of items) {
      const name = `${what} ${nameOf(item)}`;
      try {
        await remove(item);
        this.found.push(name);
      } catch (error) {
        if (!GONE.test((error as Error).name)) {
          this.found.push(`${name} (${reason(error)})`);
        }
      }
    }
  }
}

export function reason(error: unknown): string {
  const { name, message } = error as Error;
  return name === 'Error' ? message : `${name}: ${message}`;
}
