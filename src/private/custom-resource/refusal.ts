/** What stands against a request, in words of ours that hold no value. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';
}
