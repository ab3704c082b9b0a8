import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { addsTo, best, isBetter } from '../decision/combined-decision';
import { Decision } from '../decision/decision';
import { NO_CONTEXT } from '../decision/request-context';
import { KeyResource } from '../key-resource';
import { OfEach } from '../of-each';
import { OfModel } from '../of-model';
import { PolicyStatement } from '../policy/policy-statement';
import { useAsTemplated, useOfKey } from '../use-of-key';

/** Somebody whom a change of the key would let in. */
export interface Winner {
  readonly asker: Asker;
  readonly use: Decision;
}

const REQUEST_ALIAS = 'kms:requestalias';

/** Something about a key that policies may ask for, and the actions that change it. */
export class KeyProperty {
  public static readonly TAGS = new KeyProperty((name) => name.startsWith('aws:resourcetag/'), [
    ['kms:TagResource', 'gives the key a tag'], ['kms:UntagResource', 'takes a tag from the key'],
  ]);
  public static readonly ALIASES = new KeyProperty((name) => name === 'kms:resourcealiases' || name === REQUEST_ALIAS, [
    ['kms:CreateAlias', 'gives the key an alias'], ['kms:UpdateAlias', 'points an alias at the key'], ['kms:DeleteAlias', 'takes an alias from the key'],
  ]);

  /** Those of whose policies one asks for it. */
  private readonly asking = new OfModel((model) => peopleOf(model).filter((asker) => this.isAskedOf(asker)));
  private readonly others = new OfEach<KeyResource, Winner | undefined>((model, key) => this.other(model, key));

  private constructor(
    private readonly asks: (conditionKey: string) => boolean,
    /** Each with what it does, in words. */
    public readonly actions: readonly (readonly [action: string, does: string])[],
  ) {}

  /** Whether any policy about the key asks for it. */
  public isAsked(model: AccessModel, asker: Asker, key: KeyResource): boolean {
    return this.isAskedBy(key) || this.isAskedOf(asker) || this.asking.of(model).length > 0;
  }

  /** Who could use the key if it were other than it is, and cannot now: the one who asks, or else another, the same for all who ask. */
  public winner(model: AccessModel, asker: Asker, key: KeyResource): Winner | undefined {
    return this.won(model, asker, key) ?? this.others.of(model, key);
  }

  private other(model: AccessModel, key: KeyResource): Winner | undefined {
    let found: Winner | undefined;
    for (const asker of this.isAskedBy(key) ? peopleOf(model) : this.asking.of(model)) {
      const winner = found?.use.verdict === 'allowed' ? undefined : this.won(model, asker, key);
      found = winner && (!found || isBetter(winner.use, found.use)) ? winner : found;
    }
    return found;
  }

  private won(model: AccessModel, asker: Asker, key: KeyResource): Winner | undefined {
    const use = useOfKey(model, asker, key, { ...NO_CONTEXT, open: this.asks });
    return use.verdict !== 'denied' && addsTo(this.useNow(model, asker, key), use) ? { asker, use } : undefined;
  }

  /** With the tags and aliases that the templates give the key, one of which the request may name it by. */
  private useNow(model: AccessModel, asker: Asker, key: KeyResource): Decision {
    const isOfTheKey = (name: string) => this.asks(name) && name !== REQUEST_ALIAS;
    const named = this.asks(REQUEST_ALIAS) ? [[], ...key.aliases.map((alias) => [alias])] : [undefined];
    return best(named.map((alias) => useAsTemplated(model, asker, key, isOfTheKey, alias && new Map([[REQUEST_ALIAS, alias]]))))!;
  }

  private isAskedBy(key: KeyResource): boolean {
    return key.statements.some((statement) => this.isAskedIn(statement));
  }

  private isAskedOf({ policies }: Asker): boolean {
    return policies?.statements.some((statement) => this.isAskedIn(statement)) ?? false;
  }

  private isAskedIn({ tests }: PolicyStatement): boolean {
    return tests.some(({ keys }) => keys.some(this.asks));
  }
}

function peopleOf(model: AccessModel): Asker[] {
  return model.identities.filter(({ kind }) => kind !== 'group').map((one) => model.askerOf(one));
}
