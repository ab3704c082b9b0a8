/** What is made of two things, once for each pair; it forgets everything rather than hold too much. */
export class PairMemory<A, B, V> {
  private readonly values = new Map<A, Map<B, V>>();
  private size = 0;

  constructor(private readonly most: number, private readonly make: (first: A, second: B) => V) {}

  public get(first: A, second: B): V {
    const known = this.values.get(first)?.get(second);
    if (known !== undefined) {
      return known;
    }
    if (++this.size > this.most) {
      this.values.clear();
      this.size = 1;
    }
    const made = this.make(first, second);
    this.values.set(first, (this.values.get(first) ?? new Map<B, V>()).set(second, made));
    return made;
  }
}
