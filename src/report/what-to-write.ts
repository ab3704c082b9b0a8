import { ExplainedRoute, ExplainedStatement } from './access-explanation';
import { AccessModel } from '../access/access-model';
import { KeyResource } from '../access/key-resource';
import { readable } from '../access/text/text';

/** What would allow it, for each way there could be: nothing is written on the strength of it, a person chooses. */
export function whatToWrite(routes: readonly ExplainedRoute[], denies: readonly ExplainedStatement[], model: AccessModel, key: KeyResource): string[] {
  const denying = denies.filter(({ holds }) => holds === 'yes');
  if (denying.length > 0) {
    return [`a Deny wins over every Allow: change ${denying.map(({ name }) => name).join(' and ')}`];
  }
  const where = `${readable(key.arn)} (${model.nameOf(key)})`;
  return [...new Set(routes.filter(({ holds }) => holds === 'no').map(({ factors }) => factors.filter(({ holds }) => holds === 'no').map(({ half, missing, statements }) => {
    const asked = statements.map(({ name, conditions }) => `${name} asks for ${conditions.join(' and ')}`);
    return `${missing}${half === 'key policy' || half === 'IAM policy' ? `, on ${half === 'key policy' ? 'Resource "*" of the key policy of ' : 'Resource '}${where}` : ''}`
      + (asked.length > 0 ? `, or a request such as ${asked.join('; or ')}` : '');
  }).join(', and ')))];
}
