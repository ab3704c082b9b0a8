import { ExplainedFactor, ExplainedRoute, ExplainedStatement } from './access-explanation';

/** One of several texts: each is enough. */
export type Step = readonly string[];

/** Steps that must all be done. */
export type Remedy = readonly Step[];

/** Each of them would allow what is denied: a person chooses. Grants are left out, because services make them. */
export function whatToWrite(routes: readonly ExplainedRoute[], denies: readonly ExplainedStatement[], keyArn: string): Remedy[] {
  const always = denies.filter(({ holds }) => holds === 'yes');
  const ways = routes.filter(({ kind }) => kind !== 'grant').flatMap((route) => remediesOf(route, keyArn));
  // A Deny wins over every Allow: while it applies, no other remedy helps.
  const remedies = always.length > 0 ? [always.map(withoutDeny)] : [...denies.map((deny) => [withoutDeny(deny)]), ...ways];
  return remedies.filter((one, i) => !remedies.some((other, j) => i !== j && isEasier(other, one) && (j < i || !isEasier(one, other))));
}

function remediesOf({ factors, holds }: ExplainedRoute, keyArn: string): Remedy[] {
  const lacking = factors.filter((factor) => factor.holds === 'no');
  if (lacking.length > 0) {
    return [lacking.map(({ half, missing, statements }) => [
      ...statements.map(({ name, conditions }) => `a request with ${conditions.join(' and ')} (${name})`), missing + resourceOf(half, keyArn),
    ])];
  }
  // No statement is missing, but the conditions of one rule out those of another: it takes one that agrees with the rest.
  return holds === 'no' ? factors.filter((factor) => factor.holds === 'open')
    .map(({ half, missing }) => [[`${missing}${resourceOf(half, keyArn)}, under conditions that a request can meet together with the others`]]) : [];
}

function withoutDeny({ name, conditions }: ExplainedStatement): Step {
  return [
    ...conditions.length > 0 ? [`a request to which the Deny ${name} does not apply: it asks for ${conditions.join(' and ')}`] : [],
    `the Deny ${name} taken away, or narrowed so that it leaves this out`,
  ];
}

function resourceOf(half: ExplainedFactor['half'], keyArn: string): string {
  return half === 'key policy' ? ', with Resource "*"' : half === 'IAM policy' ? `, with Resource ${keyArn}` : '';
}

/** Whether it takes no step that the other does not take, too. */
function isEasier(one: Remedy, other: Remedy): boolean {
  return one.every((step) => other.some((harder) => harder.every((text) => step.includes(text))));
}
