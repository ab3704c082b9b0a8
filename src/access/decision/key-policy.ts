import { ResourcePolicy } from './resource-policy';
import { KeyResource } from '../key-resource';
import { KmsAction } from '../policy/kms-action';
import { PolicyStatement } from '../policy/policy-statement';
import { equalText } from '../text/text';
import { and, or, Truth } from '../text/truth';

/** A key policy, read for one action. */
export class KeyPolicy extends ResourcePolicy {
  /** Statements that AWS KMS would refuse, and which allow nothing therefore. */
  public readonly refused: readonly string[];

  constructor({ statements }: KeyResource, action: KmsAction) {
    super(statements, action, isOnTheKey);
    this.refused = statements
      .filter((statement) => statement.effect === 'Allow' && statement.actions && action.isChosenBy(statement.actions) !== false && isOnTheKey(statement) === false)
      .map((statement) => `${nameOf(statement)} has no Resource "*", which AWS KMS refuses`);
  }
}

/**
 * In a key policy "*" is the key, and AWS KMS refuses everything else since August 2025. What such a statement denies on an older key is not known.
 */
function isOnTheKey({ effect, resources, problem }: PolicyStatement): Truth {
  if (!resources) {
    return problem === undefined ? false : 'unknown';
  }
  const whole = resources.not ? false : resources.entries.map(({ text, sure }) => and(equalText(text, '*'), sure ? true : 'unknown')).reduce(or, false);
  return whole === false && effect !== 'Allow' ? 'unknown' : whole;
}

function nameOf({ ref: { stack, logicalId, index, sid } }: PolicyStatement): string {
  return `statement ${sid ?? index} of ${stack}/${logicalId}`;
}
