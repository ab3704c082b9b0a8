import { AccessModel } from './access-model';
import { Asker } from './decision/asker';
import { decide, Decision } from './decision/decision';
import { NO_CONTEXT, RequestContext } from './decision/request-context';
import { KeyResource } from './key-resource';
import { readPolicy } from './policy/policy-statement';
import { roleCaller } from './principal/caller';
import { readTemplate } from './template/template';
import { TemplateValues } from './template/template-values';
import { Text } from './text/text';

/** No role can have this name. */
const OTHERS = '(others)';

/**
 * What somebody of the key's account can do whom its IAM administrators allow everything: a role, in these templates or outside, now or later.
 *
 * Denied, it takes a change of the key policy to let others in; everything else is what the key policy leaves to the account's IAM.
 */
export function othersInAccount(model: AccessModel, key: KeyResource, action: string, context: RequestContext = NO_CONTEXT): Decision {
  return decide(model.accessOf(othersOf(key), key, action), context);
}

/** Somebody of an account whom its IAM administrators allow everything: a role of a name that nothing names, unless an ARN is given. */
export function othersOf({ account, partition }: { readonly account: Text; readonly partition: Text }, arn?: Text): Asker {
  const template = readTemplate('', { account, partition, region: '' }, {});
  const statements = readPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
    new TemplateValues(template, () => undefined, () => undefined), { stack: '', logicalId: 'IAM' });
  return {
    caller: roleCaller(arn ?? `arn:${partition}:iam::${account}:role/${OTHERS}`, { account, partition }),
    policies: { statements, unknown: [] },
    tags: new Map<string, string>(),
  };
}
