import { AccessModel } from './access-model';

/** A stack whose template does not tell all its resources. */
export interface UnseenPart {
  readonly stack: string;
  /** The macro, the loop or the nested stack that makes them at deployment. */
  readonly by: string;
}

/**
 * Where resources are made that no answer knows of.
 *
 * Such as may attach policies to roles make what depends on the policies of the account `unknown`; all of them may make principals and keys that are not seen.
 * A nested stack whose template is not there is one, as every stack is whose template nobody gives.
 */
export function unseenParts({ app }: AccessModel): UnseenPart[] {
  return app.templates.flatMap((template) => {
    const nested = [...template.resources].filter(([id, { type }]) => type === 'AWS::CloudFormation::Stack' && !app.nestedTemplate(template, id));
    return [...(template.unseen ?? []).map(({ by }) => by), ...nested.map(([id]) => id)].map((by) => ({ stack: template.stackName, by }));
  });
}
