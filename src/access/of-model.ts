import { AccessModel } from './access-model';

/** Something that is worked out from a model once, and only when somebody asks for it. */
export class OfModel<T> {
  private readonly made = new WeakMap<AccessModel, { readonly value: T }>();

  constructor(private readonly make: (model: AccessModel) => T) {}

  public of(model: AccessModel): T {
    const made = this.made.get(model) ?? { value: this.make(model) };
    this.made.set(model, made);
    return made.value;
  }
}
