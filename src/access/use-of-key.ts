import { AccessModel } from './access-model';
import { clausesOf } from './decision/access-shape';
import { Asker } from './decision/asker';
import { decide, Decision } from './decision/decision';
import { NO_CONTEXT, RequestContext } from './decision/request-context';
import { KeyResource } from './key-resource';

/** What gives away what a key protects, by its usage. */
const ACTIONS: ReadonlyMap<string | undefined, string> = new Map([
  ['SIGN_VERIFY', 'kms:Sign'], ['GENERATE_VERIFY_MAC', 'kms:GenerateMac'], ['KEY_AGREEMENT', 'kms:DeriveSharedSecret'],
]);

/** The action that is meant by the use of a key: of keys that encrypt, `kms:Decrypt`. */
export function useAction(key: KeyResource): string {
  return ACTIONS.get(key.conditionKeys.get('kms:keyusage')?.[0]) ?? 'kms:Decrypt';
}

/** Whether somebody may use a key. */
export function useOfKey(model: AccessModel, asker: Asker, key: KeyResource, context: RequestContext = NO_CONTEXT): Decision {
  return decide(model.accessOf(asker, key, useAction(key)), context);
}

/** The same where condition keys have the values that the templates give them, and none where they give none. */
export function useAsTemplated(
  model: AccessModel, asker: Asker, key: KeyResource, isTemplated: (conditionKey: string) => boolean, given: RequestContext['values'] = NO_CONTEXT.values,
): Decision {
  const access = model.accessOf(asker, key, useAction(key));
  const asked = clausesOf(access).flatMap(({ tests }) => tests.flatMap(({ keys }) => keys.filter(isTemplated)));
  const templated = asked.map((name) => [name, access.known.usually(name) ?? []] as const);
  return decide(access, { ...NO_CONTEXT, values: new Map([...given, ...templated]) });
}
