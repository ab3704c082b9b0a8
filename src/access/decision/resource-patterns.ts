import { ConditionTest, resourceTest } from '../policy/condition-test';
import { Choice } from '../policy/policy-statement';
import { variableKeys } from '../policy/policy-variables';
import { isExactText, isKnown, matchesText, Text } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** The Resource or NotResource of a statement. */
export class ResourcePatterns {
  private readonly fixed: Choice['entries'];
  private readonly open: Choice['entries'];

  constructor(private readonly resources: Choice, variables: boolean) {
    const isOpen = ({ text }: { readonly text: Text }) => variables && variableKeys(text).length > 0;
    const entries = resources.entries.map(({ text, sure }) => ({ text: completed(text), sure }));
    this.fixed = entries.filter((entry) => !isOpen(entry));
    this.open = entries.filter(isOpen);
  }

  /** The resources, where each is the only one of its name. */
  public get exact(): readonly Text[] | undefined {
    const isExact = !this.resources.not && this.open.length === 0 && this.fixed.every(({ text }) => isExactText(text));
    return isExact ? this.fixed.map(({ text }) => text) : undefined;
  }

  /** Whether the statement is about a resource, or a test that says so where its patterns have policy variables. */
  public match(arn: Text): Truth | ConditionTest {
    let others: Truth = false;
    for (const { text, sure } of this.fixed) {
      others = or(others, and(matchesText(text, arn), sure ? true : 'unknown'));
    }
    return this.open.length === 0 || others === true ? this.resources.not ? not(others) : others
      : resourceTest({ not: this.resources.not, entries: this.open, others }, arn);
  }
}

/** In a policy of an identity, `arn:aws:kms` means `arn:aws:kms:*:*:*`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function completed(text: Text): Text {
  const missing = isKnown(text) && text.startsWith('arn:') ? 6 - text.split(':').length : 0;
  return missing > 0 ? text + ':*'.repeat(missing) : text;
}
