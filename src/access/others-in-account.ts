import { AccessModel } from './access-model';
import { roleCaller } from './caller';
import { decide, Decision } from './decision';
import { KeyResource } from './key-resource';
import { readPolicy } from './policy-statement';
import { NO_CONTEXT, readContext } from './request-context';
import { readTemplate } from './template';
import { TemplateValues } from './template-values';

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
