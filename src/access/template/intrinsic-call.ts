/** A function of a template, and what it is called with. */
export interface IntrinsicCall {
  readonly name: string;
  readonly argument: unknown;
}

/** The function that a value calls. */
export function intrinsicOf(value: unknown): IntrinsicCall | undefined {
  const entries = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  const [name, argument] = entries[0] ?? [];
  return entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')) ? { name, argument } : undefined;
}

/** Whether a value takes the property away that it stands for. */
export function isNoValue(value: unknown): boolean {
  const call = intrinsicOf(value);
  return call?.name === 'Ref' && call.argument === 'AWS::NoValue';
}

/** Whether a macro or a loop puts more into an object than stands there. */
export function isCompletedLater(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).some((name) => name === 'Fn::Transform' || name.startsWith('Fn::ForEach::'));
}
