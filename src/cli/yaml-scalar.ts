/** Every spelling of YAML 1.1, in which CloudFormation reads templates, but for the single letters, which no parser of YAML takes. */
const TRUE = /^(?:true|yes|on)$/i;
const FALSE = /^(?:false|no|off)$/i;
const NULL = /^(?:~|null)?$/i;
/** `True` and `TRUE`, but not `tRUE`. */
const CASED = /^(?:[a-z]*|[A-Z][a-z]*|[A-Z]*|~)$/;

/**
 * What an unquoted scalar says.
 *
 * A number is one where it would be written in the same way again; anything else stays the text that it is, dates and account ids with a leading zero among it.
 */
export function plainScalar(source: string): string | number | boolean | null {
  if (CASED.test(source)) {
    return TRUE.test(source) ? true : FALSE.test(source) ? false : NULL.test(source) ? null : source;
  }
  return /^-?\d/.test(source) && Number.isFinite(Number(source)) && String(Number(source)) === source ? Number(source) : source;
}
