import { Identity } from '../principal/policy-attachments';
import { Text } from '../text/text';

/** The condition keys that a role, user or group answers where something is asked for on it, in lower case. */
export function identityConditionKeys({ account, tags }: Identity): ReadonlyMap<string, readonly Text[]> {
  const ofTags = [...tags].flatMap(([tag, value]): [string, readonly Text[]][] => [[`aws:resourcetag/${tag}`, [value]], [`iam:resourcetag/${tag}`, [value]]]);
  return new Map([['aws:resourceaccount', [account]], ...ofTags]);
}
