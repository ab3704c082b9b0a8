import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DirectGrant } from './direct-grant';
import { encryptedUnderArn, keyOfAnotherRegion } from './encrypted-resources';
import { encryptionGaps } from './encryption-gaps';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { ImportedKeyOptions } from './imported-key-options';
import { KeyBase } from './key-base';
import { KeyHalf } from './key-half';
import { KeyPolicy } from './key-policy';
import { accountRootArn, KeyStatement, statementJson } from './key-statement';
import { ServiceKeys } from './service-keys';
import { ServiceUse } from './service-use';
import { ViaServiceOptions } from './via-service-options';
import { allKnown } from '../private/iam-action';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { constantOf } from '../service/constant-of';
import { KmsService } from '../service/kms-service';
import { USE_ACTIONS } from '../service/use-actions';

/** The policy of somebody else's key: it says what its owner declared, or the owner must add it. */
class DeclaredPolicy implements KeyHalf {
  constructor(private readonly env: KeyEnvironment, private readonly declared: ImportedKeyOptions) {}

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
    const policy = new KeyPolicy(this.env);
    policy.addService(use);
    throw this.missing(policy.toJson().Statement, `declare it with services: [${constantOf(use.service)}]`);
  }

  public addServicePrincipal(): void {
    // Declared with the service.
  }

  private missing(statements: unknown[], declare: string): KmsPatternsError {
    return new KmsPatternsError('KeyPolicyNotOurs',
      'access needs the key policy and the IAM policy, and the key policy is not ours to write. Its owner must add: '
      + `${JSON.stringify(Stack.of(this.env.scope).resolve(statements))}. Once it is there, ${declare}`, this.env.scope);
  }
}

/** A key that is not ours: grants write the identity half, where its owner says that the other one is there. */
export class ImportedKey extends KeyBase implements ICustomerManagedKey {
  public readonly keyArn: string;
  public readonly keyId: string;
  private readonly services: ServiceKeys;
  private readonly directGrant: DirectGrant;

  constructor(scope: Construct, id: string, keyArn: string, options: ImportedKeyOptions) {
    super(scope, id, { environmentFromArn: keyArn });
    const keyId = Token.isUnresolved(keyArn) ? undefined : /^arn:[^:]+:kms:[^:]+:\d{12}:key\/(.+)$/.exec(keyArn)?.[1];
    if (!keyId) {
      throw new KmsPatternsError('KeyArnInvalid',
        `fromKeyArn takes the literal ARN of a key, given: ${Token.isUnresolved(keyArn) ? 'a token' : `'${keyArn}'`}; `
        + 'write arn:aws:kms:REGION:ACCOUNT:key/KEY-ID (an alias can move to another key)', this);
    }
    this.keyArn = keyArn;
    this.keyId = keyId;
    const env = { scope: this, region: this.env.region, account: this.stack.account, partition: this.stack.partition };
    const declared = new DeclaredPolicy(env, options);
    this.services = new ServiceKeys(this, env, undefined, declared);
    this.node.addValidation({ validate: () => this.validateUse() });
    this.directGrant = new DirectGrant(this, env, declared, false);
  }

  public via(service: KmsService, options?: ViaServiceOptions): kms.IKey {
    return this.services.via(service, options);
  }

  /** @internal */
  public _viaAlsoIn(service: KmsService, furtherRegions: readonly string[]): kms.IKey {
    return this.services.via(service, undefined, furtherRegions);
  }

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return this.directGrant.give(grantee, actions, USE_ACTIONS);
  }

  public addAlias(aliasName: string): kms.Alias {
    return new kms.Alias(this, `Alias${aliasName}`, { aliasName, targetKey: this });
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    throw new KmsPatternsError('KeyPolicyNotOurs',
      `the key policy is not ours to write; its owner must add: ${JSON.stringify(this.stack.resolve(statement.toStatementJson()))}`, this);
  }

  private validateUse(): string[] {
    const encrypted = encryptedUnderArn(this, this.keyArn);
    return [...keyOfAnotherRegion(this.env.region, encrypted), ...encryptionGaps(encrypted)];
  }
}
