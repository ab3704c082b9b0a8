import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { ImportedKeyOptions } from './imported-key-options';
import { KeyHalf } from './key-half';
import { KeyPolicy } from './key-policy';
import { accountRootArn, KeyStatement, statementJson } from './key-statement';
import { ServiceUse } from './service-use';
import { allKnown } from '../private/iam-action';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { constantOf } from '../service/constant-of';

/** The operations that AWS prints for such a grant: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
const OPERATIONS = 'Encrypt, Decrypt, ReEncryptFrom, ReEncryptTo, GenerateDataKey, GenerateDataKeyWithoutPlaintext, DescribeKey, CreateGrant';

/** The policy of somebody else's key: it says what its owner declared, or the owner must add it. */
export class DeclaredPolicy implements KeyHalf {
  /** @param keyAccount the account of the key; that of the environment is ours */
  constructor(private readonly env: KeyEnvironment, private readonly declared: ImportedKeyOptions, private readonly keyAccount: string) {}

  public add(statement: KeyStatement): void {
    const toOurAccount = 'AWS' in statement.principal && statement.principal.AWS === accountRootArn(this.env);
    if (toOurAccount && allKnown(statement.actions, this.declared.actions ?? [])) {
      return;
    }
    throw this.missing([statementJson(statement)], `declare it with actions: ${JSON.stringify(statement.actions)}`);
  }

  public addService(use: ServiceUse): void {
    if (this.declared.services?.some(({ id }) => id === use.service.id)) {
      return;
    }
    const declare = `declare it with services: [${constantOf(use.service)}]`;
    if (use.service.facts.serviceLinkedRoles && Token.compareStrings(this.keyAccount, this.env.account) === TokenComparison.DIFFERENT) {
      throw this.grantMissing(use, declare);
    }
    const policy = new KeyPolicy(this.env);
    policy.addService(use);
    throw this.missing(policy.toJson().Statement, declare);
  }

  public addLinkedRoleOf(account: string, statements: KeyStatement[]): void {
    if (!this.declared.backupAccounts?.includes(account)) {
      throw this.missing(statements.map(statementJson), `declare it with backupAccounts: ['${account}']`);
    }
  }

  public addServicePrincipal(): void {
    // Declared with the service.
  }

  /** Whether a service is declared that acts with a service-linked role; of custom suffixes nothing can be declared. */
  public serviceLinkedRole(roleName: string): boolean {
    return (this.declared.services ?? []).some(({ facts }) => facts.serviceLinkedRoles?.some((role) => role.roleName === roleName));
  }

  private missing(statements: unknown[], declare: string): KmsPatternsError {
    return new KmsPatternsError('KeyPolicyNotOurs',
      'access needs the key policy and the IAM policy, and the key policy is not ours to write. Its owner must add: '
      + `${JSON.stringify(Stack.of(this.env.scope).resolve(statements))}. Once it is there, ${declare}`, this.env.scope);
  }

  /** Nobody can change the IAM policy of a service-linked role, so that a key policy of another account alone never lets it in. */
  private grantMissing(use: ServiceUse, declare: string): KmsPatternsError {
    const roles = use.serviceLinkedRoleArns();
    return new KmsPatternsError('GrantNotOurs',
      `${use.service.facts.name} uses a key of another account with a grant only, which CloudFormation cannot make. The key's owner must allow this account `
      + `kms:CreateGrant, and somebody here must make a grant to ${Stack.of(this.env.scope).resolve(roles).join(' and ')} with the operations ${OPERATIONS}. `
      + `Once it is there, ${declare}`, this.env.scope);
  }
}
