import { ExplainedFactor, ExplainedRoute, ExplainedStatement, Explanation, Holds } from './access-explanation';
import { conditionsText, doubtsOf } from './requirement-text';
import { Remedy } from './what-to-write';
import { Decision } from '../access/decision/decision';
import { nameOf } from '../access/decision/explanation';

/** More are in the JSON. */
const MOST_NEAR = 5;
const MOST_REASONS = 5;
const MOST_NAMED = 10;
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

function head({ principal, boundary, key, action, context, complete, decision }: Explanation): string[] {
  const { verdict, conditions, keyCannot } = decision;
  return [
    `${principal.assumed === undefined ? verdict : `${verdict} (assumed)`}: ${action} by ${principal.name} with ${key.name}`,
    ...verdict === 'conditional' ? [`  ${conditionsText(conditions)}`] : [],
    ...doubtsOf(decision).map((text) => `  ${text}`),
    ...verdict === 'denied' ? decision.because.slice(0, MOST_REASONS).map((reason) => `  ${typeof reason === 'string' ? reason : `denied by ${nameOf(reason)}`}`) : [],
    ...keyCannot === undefined ? [] : [`  but ${keyCannot}`],
    '',
    `principal  ${principal.arn}${at(principal.constructPath)}`,
    ...principal.session === undefined ? [] : [`           in the session ${principal.session}`],
    ...principal.assumed === undefined ? [] : [`           assumed: ${principal.assumed}`],
    ...boundary === undefined ? [] : [`boundary   ${boundary}`],
    `key        ${key.arn}${at(key.constructPath)}`,
    `request    ${[...context, complete ? 'no other condition keys' : 'other condition keys may be anything'].join('; ')}`,
  ];
}

/** Ways that are closed are told of what is denied, each kind once. */
function ways({ routes, missing, decision }: Explanation): string[] {
  const open = routes.filter(({ holds }) => holds !== 'no');
  const closed = routes.filter(({ holds, kind }, i) => holds === 'no' && kind !== 'grant' && routes.findIndex((other) => other.kind === kind) === i);
  const shown = (decision.verdict === 'denied' ? [...open, ...closed] : open).flatMap((route) => routeLines(route, decision));
  return ['Ways to be allowed (+ holds, ~ under conditions, ? not known, - does not):', ...shown.length > 0 ? shown : missing.map((text) => `  - ${text}`)];
}

function routeLines({ kind, holds, factors }: ExplainedRoute, { because }: Decision): string[] {
  const isContradiction = holds === 'no' && factors.every((factor) => factor.holds !== 'no');
  const why = because.every((reason) => typeof reason === 'string') ? 'no request meets all these conditions' : 'a Deny applies to each request that meets these conditions';
  return [`  ${MARKS[holds]} ${ROUTES[kind]}${isContradiction ? `, but ${why}` : ''}`, ...factors.flatMap(factorLines)];
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

/** Told apart are what denies this very request, and what would deny others or is not known. */
function denies({ denies: statements, decision }: Explanation): string[] {
  return statements.length === 0 ? [] : [
    decision.verdict === 'denied' || statements.some(({ holds }) => holds === 'yes') ? 'Denied by:' : 'Denied if these apply:',
    ...statements.map((statement) => `  ${statementLine(statement)}`),
  ];
}

function advice({ nearMisses, whatToWrite }: Explanation): string[] {
  const near = nearMisses.slice(0, MOST_NEAR).map(({ half, name, why }) => `  ${half}: ${name}: ${why}`);
  return [
    ...near.length === 0 ? [] : ['Statements that come near:', ...near],
    ...whatToWrite.length === 0 ? [] : [...near.length === 0 ? [] : [''], 'To allow it, one of:', ...whatToWrite.flatMap(remedyLines)],
  ];
}

function remedyLines(steps: Remedy): string[] {
  return steps.flatMap((texts, i) => texts.map((text, j) => `  ${i + j === 0 ? '- ' : j === 0 ? '  and ' : '    or '}${text}`));
}

function standing({ others, couldGiveItselfUse, couldGiveThemselvesUse, unseen, notSeen }: Explanation): string[] {
  const could = couldGiveItselfUse.map(({ action, how, decision: { verdict, conditions } }) =>
    `  ${action}: ${how}${verdict === 'conditional' ? ` ${conditionsText(conditions)}` : verdict === 'unknown' ? ' (not known)' : ''}`);
  const also = couldGiveThemselvesUse.slice(0, MOST_NAMED).map(({ who, actions }) => `${who} (${actions.join(', ')})`);
  const more = couldGiveThemselvesUse.length - also.length;
  return [
    ...others.map(({ who, decision }) => `${who}: ${decision.verdict}${meaningOf(decision)}`),
    ...could.length === 0 ? [] : ['the principal could give itself use of the key:', ...could],
    ...also.length === 0 ? [] : [`${could.length === 0 ? '' : 'also '}could give themselves use of the key: ${also.join(', ')}${more > 0 ? ` and ${more} more` : ''}`],
    ...unseen.length === 0 ? [] : [`not seen: what is made at deployment in ${unseen.map(({ stack, by }) => `${stack} (${by})`).join(', ')}`],
    `not seen: ${notSeen.join(', ')}; what is allowed here can still be denied there`,
  ];
}

function meaningOf(decision: Decision): string {
  const doubts = doubtsOf(decision);
  return decision.verdict === 'conditional' ? ` ${conditionsText(decision.conditions)}` : doubts.length > 0 ? ` (${doubts.join('; ')})` : '';
}

function at(constructPath: string | undefined): string {
  return constructPath === undefined ? '' : ` (${constructPath})`;
}
