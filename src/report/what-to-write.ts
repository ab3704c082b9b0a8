import { ExplainedFactor, ExplainedRoute, ExplainedStatement } from './access-explanation';

/** What would allow it, for each way there could be: a person chooses. Grants are left out, because services make them. */
export function whatToWrite(routes: readonly ExplainedRoute[], denies: readonly ExplainedStatement[], keyArn: string): string[] {
  const denying = denies.filter(({ holds }) => holds === 'yes');
  if (denying.length > 0) {
    const said = denying.map(({ name, conditions }) => conditions.length > 0 ? `${name} (${conditions.join(' and ')})` : name);
    return [`a Deny wins over every Allow: a request to which ${said.join(' and ')} does not apply, or another statement in its place`];
  }
  const closed = routes.filter(({ kind, holds }) => kind !== 'grant' && holds === 'no');
  return [...new Set(closed.map(({ factors }) => factors.filter(({ holds }) => holds === 'no').map((factor) => oneOf(factor, keyArn)).join(', and ')))];
}

function oneOf({ half, missing, statements }: ExplainedFactor, keyArn: string): string {
  const resource = half === 'key policy' ? ', with Resource "*"' : half === 'IAM policy' ? `, with Resource ${keyArn}` : '';
  const asked = statements.map(({ name, conditions }) => `${conditions.join(' and ')} (${name})`);
  return `${asked.length > 0 ? `a request with ${asked.join(' or ')}, or ` : ''}${missing}${resource}`;
}
