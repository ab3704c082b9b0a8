import { AccessModel } from './access-model';
import { Asker } from './decision/asker';
import { decide, Decision } from './decision/decision';
import { readContext } from './decision/request-context';
import { KeyResource } from './key-resource';

/** An action with which somebody who may not use a key can get to use it. */
interface Ladder {
  readonly action: string;
  readonly how: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly when?: (key: KeyResource) => boolean;
}

const LADDERS: readonly Ladder[] = [
  { action: 'kms:PutKeyPolicy', how: 'writes itself into the key policy' },
  { action: 'kms:CreateGrant', how: 'grants the key to itself', context: { 'kms:GrantIsForAWSResource': 'false' } },
  { action: 'kms:ReplicateKey', how: 'makes a replica under a key policy of its own', when: (key) => key.conditionKeys.get('kms:multiregion')?.[0] !== 'false' },
  { action: 'kms:ImportKeyMaterial', how: 'keeps the key material that it imports', when: (key) => key.conditionKeys.get('kms:keyorigin')?.[0] === 'EXTERNAL' },
];

/** How somebody could give itself the use of a key. */
export interface Escalation {
  readonly action: string;
  readonly how: string;
  readonly decision: Decision;
}

/** The actions with which a principal could give itself the use of a key, as far as they are not denied. */
export function escalations(model: AccessModel, asker: Asker, key: KeyResource): Escalation[] {
  return LADDERS.filter(({ when }) => when?.(key) ?? true)
    .map(({ action, how, context = {} }) => ({ action, how, decision: decide(model.accessOf(asker, key, action), readContext(context)) }))
    .filter(({ decision }) => decision.verdict !== 'denied');
}
