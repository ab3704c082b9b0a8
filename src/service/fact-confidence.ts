/**
 * How sure a fact of the catalogue is.
 */
export enum FactConfidence {
  /** A page of AWS says so. */
  CONFIRMED = 'CONFIRMED',
  /** No page of AWS says so, or says otherwise: the statement takes the safe side. */
  UNKNOWN = 'UNKNOWN',
  /** A page of AWS says that it does not work. */
  UNSUPPORTED = 'UNSUPPORTED',
}
