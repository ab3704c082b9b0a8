import { relative } from 'node:path';
import { examples, synthesize } from './synthesize';

/** `npm run synth [-- EXAMPLE…]` */
try {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !examples().includes(name));
  if (unknown.length > 0 || examples().length === 0) {
    throw new Error(`There is no example ${unknown.join(', ') || 'at all'}; there are: ${examples().join(', ') || 'none'}`);
  }
  for (const example of chosen.length > 0 ? chosen : examples()) {
    console.log(`${example}: ${relative(process.cwd(), synthesize(example))}`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
