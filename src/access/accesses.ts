import { Access } from './decision/access';
import { AskedAction } from './decision/asked-action';
import { AskedKey } from './decision/asked-key';
import { Asker } from './decision/asker';
import { compileAccess } from './decision/compile-access';
import { KeyGrant } from './decision/key-grant';
import { KeyResource } from './key-resource';
import { PairMemory } from './pair-memory';
import { KmsAction } from './policy/kms-action';
import { spelledAction } from './policy/kms-actions';

/** A matrix asks each question once: then it is of no use to keep them all. */
const MOST_STATEMENTS = 400_000;

/** What decides questions. */
export class Accesses {
  private readonly actions = new Map<string, KmsAction>();
  private readonly askedActions = new PairMemory<Asker, KmsAction, AskedAction>(MOST_STATEMENTS,
    (asker, action) => new AskedAction(asker, action), ({ size }) => size);
  private readonly askedKeys = new PairMemory<KeyResource, KmsAction, AskedKey>(MOST_STATEMENTS,
    (key, action) => new AskedKey(key, action, this.grants.get(key) ?? []), ({ policy }) => 1 + policy.size);

  constructor(private readonly grants: ReadonlyMap<KeyResource, readonly KeyGrant[]>) {}

  /** What decides whether somebody may do an action on a key. */
  public of(asker: Asker, key: KeyResource, action: KmsAction): Access {
    return compileAccess(this.askedActions.get(asker, action), this.askedKeys.get(key, action));
  }

  /** The action of a name in any case, with or without `kms:`; nothing where AWS KMS has none. */
  public action(text: string): KmsAction | undefined {
    const known = this.actions.get(text);
    if (known) {
      return known;
    }
    const name = spelledAction(text);
    const action = name === undefined ? undefined : this.actions.get(name) ?? new KmsAction(name);
    if (action) {
      this.actions.set(action.text, action);
    }
    return action;
  }
}
