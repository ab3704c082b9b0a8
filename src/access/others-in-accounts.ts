import { AccessModel } from './access-model';
import { decide, Decision } from './decision/decision';
import { NO_CONTEXT, RequestContext } from './decision/request-context';
import { KeyResource } from './key-resource';
import { othersInAccount, othersOf } from './others-in-account';
import { PolicyStatement } from './policy/policy-statement';
import { parseArn } from './text/arn';
import { isKnown, Text } from './text/text';
import { STRANGE } from './text/text-parts';

/** What principals of an account can do, by IAM there. */
export interface OthersInAccount {
  /** The account; nothing for every account that nothing names. */
  readonly account?: Text;
  readonly decision: Decision;
}

const OF_CALLER = ['kms:calleraccount', 'aws:principalaccount'];

/**
 * What somebody whom IAM allows everything can do, in the key's account and in each other one that the key policy lets in as a whole.
 *
 * For each there is a standing row: its administrators decide who of their account uses the key, and no template of yours tells.
 */
export function othersInAccounts(model: AccessModel, key: KeyResource, action: string, context: RequestContext = NO_CONTEXT): OthersInAccount[] {
  const { partition } = key;
  const foreign = accountsLetIn(key).map((account): OthersInAccount => {
    const decision = decide(model.accessOf(othersOf({ account: account ?? STRANGE, partition }), key, action), context);
    return account === undefined ? { decision } : { account, decision };
  });
  return [{ account: key.account, decision: othersInAccount(model, key, action, context) }, ...foreign.filter(({ decision }) => decision.verdict !== 'denied')];
}

/** The other accounts that a key policy names as a whole, in Principal or in conditions for everybody; undefined stands for those that it does not name. */
export function accountsLetIn(key: KeyResource): (Text | undefined)[] {
  const accounts = key.statements.filter(({ effect }) => effect !== 'Deny').flatMap(accountsOf);
  return [...new Set(accounts)].filter((account) => account !== key.account);
}

function accountsOf({ principals, tests }: PolicyStatement): (Text | undefined)[] {
  const entries = principals?.entries.filter(({ type }) => type === 'AWS').map(({ text }) => text) ?? [];
  if (principals?.not || entries.includes('*')) {
    const asked = tests.filter(({ keys: [name], asked: values }) => OF_CALLER.includes(name) && values && !values.operator.negated)
      .flatMap(({ asked: values }) => values!.values).filter((value) => isKnown(value) && !/[*?$]/.test(value));
    return [undefined, ...asked];
  }
  return entries.flatMap((text) => {
    const arn = parseArn(text);
    return /^\d{12}$/.test(text) ? [text] : arn?.service === 'iam' && arn.resource === 'root' ? [arn.account] : [];
  });
}
