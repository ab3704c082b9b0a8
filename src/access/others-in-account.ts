import { AccessModel } from './access-model';
import { decide, Decision } from './decision/decision';
import { NO_CONTEXT, readContext } from './decision/request-context';
import { KeyResource } from './key-resource';
import { readPolicy } from './policy/policy-statement';
import { roleCaller } from './principal/caller';
import { readTemplate } from './template/template';
import { TemplateValues } from './template/template-values';

/** No role can have this name. */
const OTHERS = '(others)';

/**
 * What somebody of the key's account can do whom its IAM administrators allow everything: a role, in these templates or outside, now or later.
 *
 * Denied, it takes a change of the key policy to let others in; everything else is what the key policy leaves to the account's IAM.
 */
export function othersInAccount(model: AccessModel, key: KeyResource, action: string, context: Readonly<Record<string, unknown>> = {}): Decision {
  const { account, partition } = key;
  const template = readTemplate('', key.template.deployment, {});
  const statements = readPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
    new TemplateValues(template, () => undefined, () => undefined), { stack: '', logicalId: 'IAM' });
  const asker = {
    caller: roleCaller(`arn:${partition}:iam::${account}:role/${OTHERS}`, { account, partition }), policies: { statements, unknown: [] }, tags: new Map<string, string>(),
  };
  return decide(model.accessOf(asker, key, action), Object.keys(context).length === 0 ? NO_CONTEXT : readContext(context));
}
