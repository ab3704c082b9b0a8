import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKeyProps } from './customer-managed-key-props';
import { executionRoleArn } from './execution-role';
import { accountOf, arnsOf, isForeign } from '../private/grantee';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** The ARNs of those who administer a key and who may change its policy; nothing where the account's IAM decides. */
export interface NamedAdministrators {
  readonly administrators?: string[];
  readonly policyAdministrators?: string[];
}

/**
 * A key whose policy nobody can change is lost to its owner. Both the CloudFormation execution role and one more
 * administrator must be able to change it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export class LockOut {
  constructor(private readonly env: KeyEnvironment, private readonly props: CustomerManagedKeyProps) {}

  public administrators(): NamedAdministrators {
    const { administrators, policyAdministrators, executionRole } = this.props;
    const deployer = executionRole ? this.arnOf(executionRole, 'executionRole') : executionRoleArn(this.env.scope);
    if (!administrators) {
      if (policyAdministrators) {
        throw new KmsPatternsError('PolicyAdministratorsWithoutAdministrators',
          'policyAdministrators was given without administrators; name the administrators as well', this.env.scope);
      }
      this.assumeIamOf(deployer);
      return {};
    }
    if (!deployer) {
      throw new KmsPatternsError('ExecutionRoleUnknown',
        `administrators are named, and the synthesizer of the stack (${Stack.of(this.env.scope).synthesizer.constructor.name}) does not say `
        + 'which role CloudFormation deploys with; write executionRole, or it would be locked out', this.env.scope);
    }
    const named = this.arnsOf(administrators, 'administrators');
    const changing = this.arnsOf(policyAdministrators ?? administrators, 'policyAdministrators');
    const strangers = changing.filter((arn) => !includes(named, arn));
    if (strangers.length > 0) {
      throw new KmsPatternsError('PolicyAdministratorNotAdministrator',
        `policyAdministrators are some of the administrators, given beside them: ${strangers.map((arn) => this.text(arn)).join(', ')}; add them to administrators`,
        this.env.scope);
    }
    if (changing.every((arn) => sameRole(arn, deployer))) {
      throw new KmsPatternsError('NoSecondAdministrator',
        'besides the CloudFormation execution role nobody could change the key policy; name one more administrator', this.env.scope);
    }
    const withDeployer = (arns: string[]) => includes(arns, deployer) ? arns : [...arns, deployer];
    return { administrators: withDeployer(named), policyAdministrators: withDeployer(changing) };
  }

  private arnsOf(principals: iam.IPrincipal[], prop: string): string[] {
    const arns = principals.map((principal) => this.arnOf(principal, prop));
    const twice = arns.find((arn, index) => includes(arns.slice(0, index), arn));
    if (twice) {
      throw new KmsPatternsError('AdministratorTwice', `${prop} names ${this.text(twice)} twice; name it once`, this.env.scope);
    }
    return arns;
  }

  private arnOf(principal: iam.IPrincipal, prop: string): string {
    const [found] = arnsOf(principal.grantPrincipal);
    const problem = !found ? 'only roles and users can be named'
      : !Token.isUnresolved(found) && found.includes('*') ? 'a key policy takes no wildcard in a principal'
        : isForeign(principal, this.env) ? `it belongs to another account (${accountOf(principal)})` : undefined;
    if (problem) {
      throw new KmsPatternsError('AdministratorInvalid',
        `${prop} was given ${principal}, and ${problem}; name roles or users of the account ${this.text(this.env.account)}`, this.env.scope);
    }
    return found;
  }

  /** The IAM half is outside the templates. Annotations of the same text are printed once. */
  private assumeIamOf(deployer?: string): void {
    Annotations.of(Stack.of(this.env.scope)).addInfoV2('cdk-kms-patterns:executionRoleAssumed',
      `Assumed: IAM allows kms:PutKeyPolicy to ${deployer ? this.text(deployer) : 'whoever deploys'}, or AWS KMS refuses the keys of this stack. `
      + 'CustomerManagedKey.deployPermissions() says what it needs.');
  }

  private text(value: string): string {
    const resolved = Stack.of(this.env.scope).resolve(value);
    return typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
  }
}

function includes(arns: string[], arn: string): boolean {
  return arns.some((other) => sameRole(other, arn));
}

/** All are of one account, hence of one partition, which may be written out in one ARN and a token in the other. */
function sameRole(arn: string, other: string): boolean {
  const [one, two] = [arn, other].map((text) => text.replace(/^arn:[^:]+:/, ''));
  return one === two;
}
