/** The entries of an object, or nothing of anything else. A name such as `__proto__` is a name like any other. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.assign(Object.create(null) as object, value) as Record<string, unknown>
    : Object.create(null) as Record<string, unknown>;
}
