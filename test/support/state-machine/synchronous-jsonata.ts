import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** An expression of JSONata that is parsed. */
export interface Expression {
  evaluate(input: unknown, bindings: Readonly<Record<string, unknown>>): unknown;
}

/**
 * JSONata, from the text of the package without its promises: it has them for functions that are asynchronous, of which AWS Step Functions has none.
 *
 * A simulation evaluates some million expressions. Promises and the globals of Jest's contexts would take most of the time, so it is outside of these, too.
 */
export const synchronousJsonata = ((): (expression: string) => Expression => {
  const file = createRequire(join(process.cwd(), 'package.json')).resolve('jsonata');
  const text = readFileSync(file, 'utf8').replace(/\basync (?=function\b|\()/g, '').replace(/\bawait /g, '').replaceAll('Promise.all(', '(');
  const module = { exports: {} };
  runInThisContext(`(function (module, exports) {${text}\n})`, { filename: file })(module, module.exports);
  return module.exports as (expression: string) => Expression;
})();
