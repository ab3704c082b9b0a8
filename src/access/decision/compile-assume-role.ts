import { Access } from './access';
import { AskedAction } from './asked-action';
import { constantClause } from './clause';
import { identityConditionKeys } from './identity-condition-keys';
import { ResourcePolicy } from './resource-policy';
import { RouteCompiler } from './route-compiler';
import { AwsAction } from '../policy/aws-action';
import { PolicyStatement } from '../policy/policy-statement';
import { Identity } from '../principal/policy-attachments';
import { equalText, readable } from '../text/text';
import { not, Truth } from '../text/truth';

const OF_AWS = /:role\/aws(-service-role\/|:)/;

/**
 * Everything that can allow or deny somebody to become a role: its trust policy, and the IAM policies of who asks unless the trust policy names them in their own account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compileAssumeRole(asked: AskedAction<AwsAction>, role: Identity): Access {
  return new AssumeRoleCompiler(asked, role).access();
}

class AssumeRoleCompiler extends RouteCompiler<AwsAction> {
  constructor(asked: AskedAction<AwsAction>, private readonly role: Identity) {
    super(asked, { arn: role.arn, on: `on ${readable(role.arn)}`, policy: 'trust policy' });
  }

  public access(): Access {
    const { caller } = this.asker;
    const own: Truth = caller.kind === 'service' ? true : equalText(caller.account!, this.role.account);
    const identity = this.identity();
    const said = this.said();
    this.denies = [...this.denies, ...said.denies];
    if (caller.kind === 'root') {
      this.missing.push('the root user of an account cannot assume roles');
    } else {
      if (own !== false) {
        this.inAccount(said, identity, own);
      }
      if (own !== true) {
        this.acrossAccounts(said, identity, not(own));
      }
    }
    return this.compiled(identityConditionKeys(this.role));
  }

  private said(): ReturnType<ResourcePolicy['clauses']> {
    const { trust, arn, logicalId } = this.role;
    if (trust) {
      return new ResourcePolicy(trust.statements, this.action, isOnTheRole).clauses(this.asker.caller, this.hasBoundary, this.asked.known);
    }
    // Only its service becomes a service-linked role, and CloudFormation makes no role that trusts nobody.
    const isKnown = logicalId !== undefined || OF_AWS.test(arn);
    const unknown = (what: string) => isKnown ? [] : [constantClause(`whether it is ${what} by the trust policy of ${readable(arn)}, which no template makes`, 'unknown')];
    return { allows: unknown('allowed').map((clause) => ({ as: 'everybody', clause })), denies: unknown('denied') };
  }
}

/** A trust policy is about its role alone. */
function isOnTheRole({ resources, problem }: PolicyStatement): Truth {
  return resources === undefined && problem === undefined ? true : 'unknown';
}
