import { KeyGrant } from './key-grant';
import { KeyPolicy } from './key-policy';
import { KeyResource } from '../key-resource';
import { KmsAction } from '../policy/kms-action';
import { Text } from '../text/text';

/** A key of which an action is asked, whoever asks. */
export class AskedKey {
  public readonly policy: KeyPolicy;
  public readonly conditionKeys: ReadonlyMap<string, readonly Text[]>;
  public readonly cannot?: string;

  constructor(public readonly key: KeyResource, action: KmsAction, public readonly grants: readonly KeyGrant[]) {
    this.policy = new KeyPolicy(key, action);
    this.conditionKeys = action.isWithoutKey ? new Map() : key.conditionKeys;
    this.cannot = key.impediment(action);
  }
}
