/** What is made of two things, once for each pair; it forgets everything rather than hold too much. */
export class PairMemory<A, B, V> {
  private readonly values = new Map<A, Map<B, V>>();
  private size = 0;

  constructor(
    private readonly most: number,
    private readonly make: (first: A, second: B) => V,
    private readonly sizeOf: (value: V) => number = () => 1,
  ) {}

  public get(first: A, second: B): V {
    const known = this.values.get(first)?.get(second);
    if (known !== undefined) {
      return known;
    }
    const made = this.make(first, second);
    const size = this.sizeOf(made);
    this.size += size;
    if (this.size > this.most) {
      this.values.clear();
      this.size = size;
    }
    this.values.set(first, (this.values.get(first) ?? new Map<B, V>()).set(second, made));
    return made;
  }
}
