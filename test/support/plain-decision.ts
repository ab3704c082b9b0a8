import { A, K, R, ROOT, Statement, U, World } from './access-world';

type Values = readonly string[] | undefined;
type Request = Readonly<Record<string, string | undefined>>;

/**
 * Whether a complete request for kms:Decrypt with the key K is allowed, by the rules of policy-model §4 as they stand there,
 * without anything of what decides in `src/access`. For statements of `arbitrary-world` only; nothing where it depends on which session asks,
 * or on an import over accounts.
 */
export function plainDecision({ keyPolicy = [], r = [], rb = [], u = [], boundary }: World, principal: string, request: Request): 'allowed' | 'denied' | undefined {
  const role = principal.replace(/sts::(\d+):assumed-role\/(\w+)\/.*/, 'iam::$1:role/$2');
  const isService = !principal.startsWith('arn:');
  const account = isService ? undefined : role.split(':')[4];
  const values = (key: string) => valueOf(key.toLowerCase(), request, { role, account, isService });
  const isMet = (statement: Statement) => conditionsMet(statement, values);
  const names = ({ Principal }: Statement) => [(Principal as { AWS?: unknown }).AWS ?? Principal].flat() as string[];
  const about = (statement: Statement) => [statement.Action].flat().some((action) => wildcard(action as string).test('kms:Decrypt')) && isMet(statement);
  const keyStatements = keyPolicy.filter(about);
  if (!isService && role === R && principal === R && keyStatements.some((one) => names(one).some((name) => name.includes(':assumed-role/')))) {
    return undefined;
  }
  if (!isService && account !== A && [...rb, ...boundary ?? []].some(({ Resource }) => typeof Resource === 'object')) {
    return undefined;
  }
  const is = (name: string) => name === '*' || name === principal || (!isService && (name === role || name === `arn:aws:iam::${account}:root`));
  const onTheKey = ({ Resource }: Statement) => Resource === '*' || Resource === K || Resource === `arn:aws:kms:*:${A}:key/*`;
  const identity = (role === R ? r : role === U ? u : account === A ? [] : rb).filter((one) => onTheKey(one) && about(one));
  const hasIdentity = !isService && role !== ROOT;
  const limits = hasIdentity ? boundary?.filter((one) => onTheKey(one) && about(one)) : undefined;
  const allows = (one: Statement) => one.Effect === 'Allow';
  const denies = (one: Statement) => one.Effect === 'Deny';
  if (keyStatements.some((one) => denies(one) && names(one).some(is)) || (hasIdentity && identity.some(denies)) || limits?.some(denies)) {
    return 'denied';
  }
  const named = (matches: (name: string) => boolean) => keyStatements.some((one) => allows(one) && names(one).some(matches));
  const iam = !hasIdentity || identity.some(allows);
  const within = boundary === undefined || !hasIdentity || limits!.some(allows);
  const everybody = named((name) => name === '*');
  if (isService) {
    return everybody ? 'allowed' : 'denied';
  }
  if (account !== A) {
    return named(is) && iam && within ? 'allowed' : 'denied';
  }
  const unlimited = everybody || named((name) => name === principal && (name.includes(':assumed-role/') || name === U || role === ROOT));
  const byRole = named((name) => name === role) && within;
  const delegated = named((name) => name === ROOT) && iam && within;
  return unlimited || byRole || delegated ? 'allowed' : 'denied';
}

function valueOf(key: string, request: Request, { role, account, isService }: { role: string; account?: string; isService: boolean }): Values {
  const via = isService ? undefined : request['kms:ViaService'];
  const of = (value?: string): Values => value === undefined ? undefined : [value];
  switch (key) {
    case 'kms:viaservice': return of(via);
    case 'aws:viaawsservice': return [String(via !== undefined)];
    case 'kms:calleraccount': return of(account);
    case 'aws:principalarn': return isService ? undefined : [role];
    case 'kms:encryptioncontextkeys': {
      const names = Object.keys(request).filter((name) => name.startsWith('kms:EncryptionContext:') && request[name] !== undefined);
      return names.length === 0 ? undefined : names.map((name) => name.split(':')[2]);
    }
    case 'aws:principaltag/team': return isService ? undefined : of(request['aws:PrincipalTag/team']);
  }
  return of(Object.entries(request).find(([name]) => name.toLowerCase() === key)?.[1]);
}

function conditionsMet({ Condition }: Statement, values: (key: string) => Values): boolean {
  return Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, asked]) => holds(operator, values(key), filled([asked].flat() as string[], values))));
}

/** Without the values whose variable the request lacks. */
function filled(asked: readonly string[], values: (key: string) => Values): string[] {
  return asked.flatMap((text) => {
    const variable = /^\$\{(.*)\}$/.exec(text)?.[1];
    return variable === undefined ? [text] : values(variable) ?? [];
  });
}

function holds(operator: string, given: Values, asked: readonly string[]): boolean {
  const [, set, name, ifExists] = /^(?:(\w+):)?(\w+?)(IfExists)?$/.exec(operator)!;
  if (name === 'Null') {
    return asked[0] === String(given === undefined);
  }
  const negated = name.includes('Not');
  if (given === undefined) {
    return ifExists !== undefined || set === 'ForAllValues' || (negated && set === undefined);
  }
  const meets = (value: string) => asked.some((one) => compare(name.replace('Not', ''), value, one)) !== negated;
  return set === 'ForAnyValue' ? given.some(meets) : given.every(meets);
}

function compare(name: string, given: string, asked: string): boolean {
  switch (name) {
    case 'StringLike': case 'ArnLike': return wildcard(asked).test(given);
    case 'IpAddress': {
      const [base, length] = asked.split('/');
      const number = (address: string) => address.split('.').reduce((all, byte) => all * 256 + Number(byte), 0);
      return Math.floor(number(given) / 2 ** (32 - Number(length))) === Math.floor(number(base) / 2 ** (32 - Number(length)));
    }
    default: return given === asked;
  }
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
}

