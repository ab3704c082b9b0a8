import { Choice } from './policy-statement';
import { lowerText, matchesText } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** An action of an AWS service, whose case does not matter. */
export class AwsAction {
  protected readonly lowerCase: string;

  /** As AWS writes it: `iam:PassRole`. */
  constructor(public readonly text: string) {
    this.lowerCase = text.toLowerCase();
  }

  /** Whether its requests can have a condition key, which is in lower case: all that AWS KMS does not say itself. */
  public carries(key: string): boolean {
    return !key.startsWith('kms:');
  }

  /** Whether a statement is about the action. */
  public isChosenBy(choice: Choice): Truth {
    const chosen = choice.entries.map(({ text, sure }) => and(matchesText(lowerText(text), this.lowerCase), sure ? true : 'unknown')).reduce(or, false);
    return choice.not ? not(chosen) : chosen;
  }
}
