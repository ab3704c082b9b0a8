import { conditionsHold, like, Said, withVariables } from './condition-oracle';
import { A, K, K2, REGION, Statement, World } from '../../support/access-world';

/** A request that leaves nothing open. */
export interface PlainRequest {
  readonly principal: string;
  readonly action: string;
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** Everything that a request of a principal says. */
export function saidOf(request: PlainRequest): Said {
  return saidBy(whoIs(request.principal), request);
}

interface Who {
  readonly kind: 'role' | 'user' | 'root' | 'service';
  readonly account?: string;
  readonly arn: string;
  readonly session?: string;
}

const KEY = `arn:aws:kms:${REGION}:${A}:key/this`;
const OTHER_KEY = `arn:aws:kms:${REGION}:${A}:key/other`;
/** What AWS KMS says of a request by the action. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
const WITH_CONTEXT = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:CreateGrant'];
const FROM_OTHER_ACCOUNTS = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:DescribeKey'];

/**
 * Whether AWS allows a request, by its own words and by the shortest way: policy-model §4 for keys, and for the rest
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html. It shares nothing with what it judges.
 */
export function isAllowed(world: World, request: PlainRequest): boolean {
  const who = whoIs(request.principal);
  const inBoundary = saidBy(who, request);
  const said = new Map([...inBoundary, ...world.version === '2008-10-17' ? [['version 2008-10-17', []] as const] : []]);
  const identity = policiesOf(world, who);
  const boundary = who.kind === 'role' || who.kind === 'user' ? world.boundary : undefined;
  const hasBoundary = boundary !== undefined && !/\/Q$/.test(who.arn);
  const inIam = (statements: readonly Statement[], of: Said = said) => statements.filter((one) => actionMatches(one, request.action)
    && resourceMatches(one, of) && conditionsHold(one.Condition, of));
  const inKeyPolicy = (world.keyPolicy ?? []).filter((one) => actionMatches(one, request.action) && one.Resource === '*'
    && conditionsHold(one.Condition, said));
  const allows = (statements: readonly Statement[]) => statements.some(({ Effect }) => Effect === 'Allow');

  const denied = [...inIam(identity), ...hasBoundary ? inIam(boundary, inBoundary) : []].some(({ Effect }) => Effect === 'Deny')
    || inKeyPolicy.some((one) => one.Effect === 'Deny' && (one.NotPrincipal ? hasBoundary || !exempt(one.NotPrincipal, who) : names(one.Principal, who).length > 0));
  if (denied) {
    return false;
  }
  const named = inKeyPolicy.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal, NotPrincipal }) =>
    NotPrincipal === undefined ? names(Principal, who) : names(NotPrincipal, who).length === 0 ? ['everybody'] : []);
  const byIam = who.kind === 'root' || allows(inIam(identity));
  const within = !hasBoundary || allows(inIam(boundary, inBoundary));
  if (who.kind !== 'service' && who.account !== A) {
    return FROM_OTHER_ACCOUNTS.includes(request.action) && named.length > 0 && byIam && within;
  }
  return named.some((as) => as === 'everybody' || as === 'session' || as === 'user' || as === 'service' || (as === 'role' && within)
    || (as === 'account' && (who.kind === 'root' || (byIam && within))));
}

function whoIs(text: string): Who {
  const [, , service, , account, resource] = text.split(':');
  if (service === undefined) {
    return { kind: 'service', arn: text };
  }
  const [kind, name] = resource.split('/');
  return service === 'sts' ? { kind: 'role', account, arn: `arn:aws:iam::${account}:role/${name}`, session: text }
    : { kind: kind as Who['kind'], account, arn: text };
}

function policiesOf(world: World, { arn }: Who): readonly Statement[] {
  return { R: world.r, Q: world.q, U: world.u, RB: world.rb }[arn.split('/')[1] ?? ''] ?? [];
}

/** What a request says with what follows from it. */
function saidBy(who: Who, { action, context }: PlainRequest): Said {
  const said = new Map<string, string[]>();
  const say = (key: string, ...values: (string | undefined)[]) => said.set(key.toLowerCase(), values.filter((value) => value !== undefined));
  const isService = who.kind === 'service';
  Object.entries(context).forEach(([key, value]) => say(key, value));
  const inContext = Object.keys(context).filter((key) => key.startsWith('kms:EncryptionContext:') && context[key] !== undefined);
  say('kms:EncryptionContextKeys', ...inContext.map((key) => key.slice('kms:EncryptionContext:'.length)));
  if (!WITH_CONTEXT.includes(action)) {
    [...said.keys()].filter((key) => key.startsWith('kms:encryptioncontext')).forEach((key) => say(key));
  }
  if (action !== 'kms:CreateGrant') {
    say('kms:GrantIsForAWSResource');
  }
  say('aws:PrincipalIsAWSService', String(isService));
  say('aws:PrincipalArn', isService ? undefined : who.arn);
  say('aws:PrincipalAccount', who.account);
  say('kms:CallerAccount', who.account);
  say('aws:username', who.kind === 'user' ? who.arn.split('/')[1] : undefined);
  if (isService) {
    ['kms:ViaService', 'aws:PrincipalTag/team', 'aws:PrincipalOrgID'].forEach((key) => say(key));
  } else {
    ['aws:SourceAccount', 'aws:SourceArn'].forEach((key) => say(key));
  }
  say('aws:ViaAWSService', String(said.get('kms:viaservice')?.length === 1));
  return said;
}

function actionMatches({ Action, NotAction }: Statement, action: string): boolean {
  const listed = [Action ?? NotAction].flat().some((pattern) => like(action.toLowerCase(), String(pattern).toLowerCase()));
  return Action === undefined ? !listed : listed;
}

/** Whether the key is among the resources of a statement. */
export function resourceMatches({ Resource, NotResource }: Statement, said: Said): boolean {
  const patterns = [Resource ?? NotResource].flat().flatMap((one) => one === K ? [KEY] : one === K2 ? [OTHER_KEY] : withVariables(String(one), said));
  const listed = patterns.some((pattern) => like(KEY, pattern));
  return Resource === undefined ? !listed : listed;
}

/** As whom an element Principal names somebody. Only the whole of a principal can be a wildcard. */
function names(element: unknown, { kind, account, arn, session }: Who): ('everybody' | 'account' | 'role' | 'user' | 'session' | 'service')[] {
  if (element === '*') {
    return ['everybody'];
  }
  const { AWS = [], Service = [] } = element as Record<string, string | string[]>;
  const services = [Service].flat().filter((name) => kind === 'service' && name === arn).map(() => 'service' as const);
  return [...services, ...[AWS].flat().flatMap((one) => one === '*' ? ['everybody' as const]
    : kind === 'service' ? []
      : one === account || one === `arn:aws:iam::${account}:root` ? ['account' as const]
        : kind !== 'root' && one === arn ? [kind] : session !== undefined && one === session ? ['session' as const] : [])];
}

/** All of what stands for somebody must be listed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
function exempt(element: unknown, who: Who): boolean {
  const named = names(element, who);
  return named.includes('everybody') || { service: ['service'], root: ['account'], user: ['user', 'account'], role: ['session', 'role', 'account'] }[who.kind]
    .every((as) => named.includes(as as 'role'));
}

