import { AccessModel } from './access-model';

/** A stack whose template does not tell all its resources. */
export interface UnseenPart {
  readonly stack: string;
  /** The macro or the loop that makes them at deployment. */
  readonly by: string;
}

/**
 * Where resources are made that no answer knows of.
 *
 * Such as may attach policies to roles make what depends on the policies of the account `unknown`; all of them may make principals and keys that are not seen.
 */
export function unseenParts({ app }: AccessModel): UnseenPart[] {
  return app.templates.flatMap(({ stackName, unseen = [] }) => unseen.map(({ by }) => ({ stack: stackName, by })));
}
