import { AccessModel } from './access-model';
import { OfModel } from './of-model';

/** Something that is worked out from a model once for each of several things, such as keys, and only when somebody asks for it. */
export class OfEach<K, T> {
  private readonly made = new OfModel(() => new Map<K, { readonly value: T }>());

  constructor(private readonly make: (model: AccessModel, thing: K) => T) {}

  public of(model: AccessModel, thing: K): T {
    const all = this.made.of(model);
    const made = all.get(thing) ?? { value: this.make(model, thing) };
    all.set(thing, made);
    return made.value;
  }
}
