import { equalText, Text } from '../text/text';

/** A user in a group, by their names. */
interface Membership {
  readonly user: Text;
  readonly group: Text;
  readonly sure: boolean;
}

/** Which user is in which group. */
export class Memberships {
  private readonly byUser = new Map<string, Membership[]>();
  /** Of users whose names are known at deployment only. */
  private readonly ofSomebody = new Map<Text, Membership[]>();

  public add(account: Text, membership: Membership): void {
    const [map, key] = /\uE000/.test(membership.user) ? [this.ofSomebody, account] : [this.byUser, `${account}\n${membership.user}`];
    map.set(key, [...map.get(key) ?? [], membership]);
  }

  public of(account: Text, user: Text): Membership[] {
    const perhaps = (this.ofSomebody.get(account) ?? []).filter((membership) => equalText(membership.user, user) !== false);
    return [...this.byUser.get(`${account}\n${user}`) ?? [], ...perhaps.map((membership) => ({ ...membership, sure: membership.sure && membership.user === user }))];
  }
}
