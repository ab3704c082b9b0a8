import { Ladder } from './ladder';
import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { both } from '../decision/combined-decision';
import { decide, Decision } from '../decision/decision';
import { NO_CONTEXT, readContext, RequestContext } from '../decision/request-context';
import { KeyResource } from '../key-resource';

const DIRECTLY = readContext({ 'kms:GrantIsForAWSResource': 'false' });

/** What somebody can do with a key itself. */
export function keyLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  const may = (action: string, context: RequestContext = NO_CONTEXT) => decide(model.accessOf(asker, key, action), context);
  const ladder = (action: string, how: string, decision: Decision): Ladder => ({ action, how, through: [], decision });
  const ladders = [
    ladder('kms:PutKeyPolicy', 'writes itself into the key policy', may('kms:PutKeyPolicy')),
    ladder('kms:CreateGrant', 'grants the key to itself', may('kms:CreateGrant', DIRECTLY)),
  ];
  if (key.conditionKeys.get('kms:multiregion')?.[0] !== 'false') {
    // A replica takes the permission to create a key in its Region as well.
    const replicate = may('kms:ReplicateKey');
    ladders.push(ladder('kms:ReplicateKey', 'makes a replica under a key policy of its own',
      replicate.verdict === 'denied' ? replicate : both(replicate, may('kms:CreateKey'))));
  }
  if (key.conditionKeys.get('kms:keyorigin')?.[0] === 'EXTERNAL') {
    ladders.push(ladder('kms:ImportKeyMaterial', 'keeps the key material that it imports', may('kms:ImportKeyMaterial')));
  }
  return ladders;
}
