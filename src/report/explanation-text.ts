import { ExplainedFactor, ExplainedRoute, ExplainedStatement, Explanation, Holds } from './access-explanation';
import { conditionsText, doubtsOf } from './requirement-text';

/** More are in the JSON. */
const MOST_NEAR = 5;
const MARKS: Readonly<Record<Holds, string>> = { yes: '+', no: '-', open: '~', unknown: '?' };
const ROUTES: Readonly<Record<ExplainedRoute['kind'], string>> = {
  'named': 'named in the key policy',
  'delegated': 'delegated to the IAM policies of the account',
  'another account': 'from another account, which takes both policies',
  'grant': 'by a grant',
  'IAM only': 'by IAM, because no key policy can allow it',
};

/** A verdict, and the path to it, in words. */
export function explanationText(explanation: Explanation): string {
  return [head, ways, denies, advice, standing].map((part) => part(explanation)).filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n');
}

function head({ principal, key, action, context, complete, decision }: Explanation): string[] {
  const { verdict, conditions, keyCannot } = decision;
  return [
    `${principal.assumed === undefined ? verdict : `${verdict} (assumed)`}: ${action} by ${principal.name} with ${key.name}`,
    ...verdict === 'conditional' ? [`  if ${conditionsText(conditions)}`] : [],
    ...doubtsOf(decision).map((text) => `  ${text}`),
    ...keyCannot === undefined ? [] : [`  but ${keyCannot}`],
    '',
    `principal  ${principal.arn}${at(principal.constructPath)}`,
    ...principal.assumed === undefined ? [] : [`           assumed: ${principal.assumed}`],
    `key        ${key.arn}${at(key.constructPath)}`,
    `request    ${[...context, complete ? 'no other condition keys' : 'other condition keys may be anything'].join('; ')}`,
  ];
}

/** Ways that are closed are told of what is denied, each kind once. */
function ways({ routes, missing, decision }: Explanation): string[] {
  const open = routes.filter(({ holds }) => holds !== 'no');
  const closed = routes.filter(({ holds, kind }, i) => holds === 'no' && kind !== 'grant' && routes.findIndex((other) => other.kind === kind) === i);
  const shown = (decision.verdict === 'denied' ? [...open, ...closed] : open)
    .flatMap(({ kind, holds, factors }) => [`  ${MARKS[holds]} ${ROUTES[kind]}`, ...factors.flatMap(factorLines)]);
  return ['Ways to be allowed (+ holds, ~ under conditions, ? not known, - does not):', ...shown.length > 0 ? shown : missing.map((text) => `  - ${text}`)];
}

function factorLines({ half, holds, statements, missing }: ExplainedFactor): string[] {
  return statements.length === 0 ? [`    - ${half}: nothing; it takes ${missing}`]
    : [`    ${MARKS[holds]} ${half}`, ...statements.map((statement) => `      ${statementLine(statement)}`)];
}

function statementLine({ name, at: place, constructPath, holds, conditions, notKnown }: ExplainedStatement): string {
  const index = place?.sid === undefined ? '' : `, statement ${place.index}`;
  return `${MARKS[holds]} ${name}${index}${at(constructPath)}`
    + (conditions.length > 0 ? ` if ${conditions.join(' and ')}` : '') + (notKnown === undefined || notKnown === name ? '' : `: not known, ${notKnown}`);
}

function denies({ denies: statements }: Explanation): string[] {
  return statements.length === 0 ? [] : ['Denied by:', ...statements.map((statement) => `  ${statementLine(statement)}`)];
}

function advice({ nearMisses, whatToWrite }: Explanation): string[] {
  const near = nearMisses.slice(0, MOST_NEAR).map(({ half, name, why }) => `  ${half}: ${name}: ${why}`);
  return [
    ...near.length === 0 ? [] : ['Statements that come near:', ...near],
    ...whatToWrite.length === 0 ? [] : [...nearMisses.length === 0 ? [] : [''], 'To allow it, one of:', ...whatToWrite.map((text) => `  ${text}`)],
  ];
}

function standing({ others, couldGiveItselfUse, notSeen }: Explanation): string[] {
  const could = couldGiveItselfUse.map(({ action, how, decision: { verdict, conditions } }) =>
    `  ${action}: ${how}${verdict === 'conditional' ? ` if ${conditionsText(conditions)}` : verdict === 'unknown' ? ' (not known)' : ''}`);
  return [
    `others in the key's account by IAM outside these templates: ${others.verdict}${others.verdict === 'conditional' ? ` if ${conditionsText(others.conditions)}` : ''}`,
    ...could.length === 0 ? [] : ['the principal could give itself use of the key:', ...could],
    `not seen: ${notSeen.join(', ')}`,
  ];
}

function at(constructPath: string | undefined): string {
  return constructPath === undefined ? '' : ` (${constructPath})`;
}
