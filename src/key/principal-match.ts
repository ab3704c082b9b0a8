import { Token } from 'aws-cdk-lib';
import { Conditions, oneOrMore } from '../private/conditions';
import { KmsPatternsError } from '../private/kms-patterns-error';

/**
 * Which principals of the account may use a key through a service, by what is known of them before they exist.
 *
 * The key policy stays free of references to their stacks, and works for roles that are made again or by IAM Identity Center.
 *
 * @example
 * declare const key: CustomerManagedKey;
 * key.via(KmsService.S3, { useOnlyBy: PrincipalMatch.tag('data-domain', 'billing') });
 */
export class PrincipalMatch {
  /**
   * Principals whose ARN matches one of the patterns, such as `arn:aws:iam::111122223333:role/billing-*`.
   *
   * A session of a role is matched by the role's ARN.
   *
   * @param arns literal patterns
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
   */
  public static arnsLike(...arns: string[]): PrincipalMatch {
    if (arns.length === 0 || arns.some((arn) => Token.isUnresolved(arn) || !arn.startsWith('arn:'))) {
      throw new KmsPatternsError('PrincipalMatchArnInvalid',
        `PrincipalMatch.arnsLike takes literal ARN patterns, given: ${describe(arns)}; `
        + 'write for example arn:aws:iam::111122223333:role/billing-* (a reference to a role would tie the key to its users)');
    }
    return new PrincipalMatch({ ArnLike: { 'aws:PrincipalArn': oneOrMore(arns) } });
  }

  /**
   * Principals of an organization in AWS Organizations.
   *
   * @param id such as `o-a1b2c3d4e5`
   */
  public static organization(id: string): PrincipalMatch {
    if (!Token.isUnresolved(id) && !/^o-[a-z0-9]{10,32}$/.test(id)) {
      throw new KmsPatternsError('PrincipalMatchOrganizationInvalid', `'${id}' is no organization id; write for example o-a1b2c3d4e5`);
    }
    return new PrincipalMatch({ StringEquals: { 'aws:PrincipalOrgID': id } });
  }

  /**
   * Principals that carry a tag, as a role's or a session's tag.
   *
   * Who may tag roles or sessions decides who may use the key: guard `iam:TagRole`, `iam:TagUser` and `sts:TagSession`.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/abac.html
   */
  public static tag(key: string, ...values: string[]): PrincipalMatch {
    if (key.length === 0 || values.length === 0) {
      throw new KmsPatternsError('PrincipalMatchTagInvalid',
        `PrincipalMatch.tag takes a tag key and at least one value, given: ${describe([key, ...values])}; write for example tag('data-domain', 'billing')`);
    }
    return new PrincipalMatch({ StringEquals: { [`aws:PrincipalTag/${key}`]: oneOrMore(values) } });
  }

  private constructor(
    /** @internal */
    public readonly _conditions: Conditions,
  ) {}
}

function describe(values: string[]): string {
  return values.length === 0 ? 'none' : values.map((value) => `'${Token.isUnresolved(value) ? 'a token' : value}'`).join(', ');
}
