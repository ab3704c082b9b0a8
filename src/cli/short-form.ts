/** Functions that are no `Fn::`. */
const BARE: ReadonlySet<string> = new Set(['Ref', 'Condition']);

/**
 * The call of a function that a tag is short for: `!Sub x` is `Fn::Sub: x`. Nothing where the tag is none of CloudFormation's form.
 *
 * The rule holds for functions to come as well.
 */
export function shortForm(tag: string, argument: unknown): Record<string, unknown> | undefined {
  const [, name] = /^!([A-Z][A-Za-z0-9]*)$/.exec(tag) ?? [];
  if (name === undefined) {
    return undefined;
  }
  return { [BARE.has(name) ? name : `Fn::${name}`]: name === 'GetAtt' && typeof argument === 'string' ? resourceAndAttribute(argument) : argument };
}

/** `Nested.Outputs.Key` is the attribute `Outputs.Key` of `Nested`. */
function resourceAndAttribute(text: string): string | string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}
