/** What can be said of a statement before deployment: it holds, it does not, or it depends on what the templates do not say. */
export type Truth = boolean | 'unknown';

/** Both hold. */
export function and(left: Truth, right: Truth): Truth {
  return left === false || right === false ? false : left === true && right === true ? true : 'unknown';
}

/** One of them holds. */
export function or(left: Truth, right: Truth): Truth {
  return left === true || right === true ? true : left === false && right === false ? false : 'unknown';
}

/** It does not hold. */
export function not(value: Truth): Truth {
  return value === 'unknown' ? 'unknown' : !value;
}
