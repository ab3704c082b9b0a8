import { PrincipalEntry } from '../policy/policy-statement';
import { parseArn } from '../text/arn';
import { equalText, isKnown, isMadeUp, splitText, Text, unknownText } from '../text/text';
import { and, or, Truth } from '../text/truth';

/** Who calls AWS KMS. */
export interface Caller {
  readonly kind: 'role' | 'user' | 'federated' | 'root' | 'service';
  /** The ARN of the role (also of a session), user, federated user or account root, or the name of the service. */
  readonly arn: Text;
  /** The session of the role, unknown where the role was asked for, or of the federated user. */
  readonly session?: Text;
  /** Nothing for a service. */
  readonly account?: Text;
  readonly partition?: Text;
  /** Whether a template makes the role or user. */
  readonly isOfTemplates?: boolean;
}

/**
 * The role with whose sessions, one for each instance, Amazon EC2 attaches encrypted volumes.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html
 */
export const EC2_INFRASTRUCTURE = 'aws:ec2-infrastructure';

/** As whom a statement names a caller: it makes a difference for permissions boundaries, and for whether IAM must allow as well. */
export type NamedAs = 'everybody' | 'account' | 'role' | 'session' | 'user' | 'service';

/** A caller that is named by the text of an ARN, an account id of the partition or a service principal; nothing where it is none of these. */
export function readCaller(text: Text, ofAccounts: Text = 'aws'): Caller | undefined {
  if (/^\d{12}$/.test(text)) {
    return { kind: 'root', arn: `arn:${ofAccounts}:iam::${text}:root`, account: text, partition: ofAccounts };
  }
  if (/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|internal)$/.test(text)) {
    return { kind: 'service', arn: text };
  }
  const arn = parseArn(text);
  const [kind, ...path] = splitText(arn?.resource ?? '', '/') ?? [];
  const { account, partition } = arn ?? {};
  if (arn?.service === 'sts' && kind === 'assumed-role' && path.length >= 2) {
    return { kind: 'role', arn: `arn:${partition}:iam::${account}:role/${path.slice(0, -1).join('/')}`, session: text, account, partition };
  }
  if (arn?.service === 'sts' && kind === 'federated-user' && path.length === 1) {
    return { kind: 'federated', arn: text, session: text, account, partition };
  }
  if (arn?.service !== 'iam') {
    return undefined;
  }
  if (kind === 'role' && path[0] === EC2_INFRASTRUCTURE && path.length === 2) {
    return { kind: 'role', arn: `arn:${partition}:iam::${account}:role/${path[0]}`, session: `arn:${partition}:sts::${account}:assumed-role/${path.join('/')}`, account, partition };
  }
  return kind === 'role' && path.length > 0 ? roleCaller(text, { account, partition })
    : kind === 'user' && path.length > 0 ? { kind, arn: text, account, partition }
      : arn.resource === 'root' ? { kind: 'root', arn: text, account, partition } : undefined;
}

/** Some session of a role. */
export function roleCaller(arn: Text, { account, partition }: { readonly account?: Text; readonly partition?: Text }): Caller {
  const name = splitText(parseArn(arn)?.resource ?? '', '/')?.at(-1);
  return {
    kind: 'role',
    arn,
    account,
    partition,
    session: `arn:${partition}:sts::${account}:assumed-role/${name ?? unknownText(`the name of ${arn}`)}/${unknownText('the session')}`,
  };
}

/** As whom an entry of Principal names the caller, and whether it does. */
export function namesCaller({ type, text, sure }: PrincipalEntry, caller: Caller): [NamedAs, Truth][] {
  const there = (truth: Truth) => and(truth, sure ? true : 'unknown');
  if (type === 'Service') {
    return caller.kind === 'service' ? [['service', there(equalText(text, caller.arn))]] : [];
  }
  if (type === 'other') {
    return [];
  }
  if (text === '*') {
    return [['everybody', there(true)]];
  }
  // AWS takes a wildcard for everybody only, and groups not at all.
  if (caller.kind === 'service' || /[*?]/.test(text)) {
    return [];
  }
  const as: [NamedAs, Truth][] = [['account', namesAccount(text, caller)]];
  if (caller.kind === 'federated') {
    as.push(['user', mayBeMaker(text, caller)]);
  } else if (caller.kind !== 'root') {
    as.push([caller.kind, namesIdentity(text, caller)]);
  }
  if (caller.session !== undefined) {
    as.push(['session', equalText(text, caller.session)]);
  }
  return as.filter(([, truth]) => truth !== false).map(([name, truth]) => [name, there(truth)]);
}

/** Whether an entry of NotPrincipal exempts the caller: its session too must be listed, and AWS may look at account and role before it. */
export function isExempt(entries: readonly PrincipalEntry[], caller: Caller): Truth {
  const named = entries.flatMap((entry) => namesCaller(entry, caller));
  const listed = (wanted: NamedAs) => named.filter(([as]) => as === wanted || as === 'everybody').map(([, truth]) => truth).reduce(or, false);
  switch (caller.kind) {
    case 'service': return listed('service');
    case 'root': return listed('account');
    case 'user': return and(listed('user'), or(listed('account'), 'unknown'));
    case 'role': return and(listed('session'), or(and(listed('role'), listed('account')), 'unknown'));
    case 'federated': return and(listed('session'), or(listed('account'), 'unknown'));
  }
}

/** A role or user that a template makes without a name turns out to be none that a template makes elsewhere. */
function namesIdentity(text: Text, { arn, isOfTemplates = false }: Caller): Truth {
  const equal = equalText(text, arn);
  return equal === 'unknown' && isOfTemplates && isMadeUp(text) ? false : equal;
}

/** The session of a federated user does not tell which user made it. */
function mayBeMaker(text: Text, { account }: Caller): Truth {
  const arn = parseArn(text);
  return arn?.service === 'iam' && /^user\//.test(arn.resource) && equalText(arn.account, account!) !== false ? 'unknown' : false;
}

function namesAccount(text: Text, { account }: Caller): Truth {
  if (text === account) {
    return true;
  }
  const arn = parseArn(text);
  if (!arn) {
    return /^\d{12}$/.test(text) || !isKnown(text) ? equalText(text, account!) === false ? false : 'unknown' : false;
  }
  return arn.service === 'iam' && arn.resource === 'root' ? equalText(arn.account, account!) : false;
}
