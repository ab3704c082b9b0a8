import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DeclaredPolicy } from './declared-policy';
import { DirectGrant } from './direct-grant';
import { encryptedUnderArn, keyOfAnotherRegion } from './encrypted-resources';
import { encryptionGaps } from './encryption-gaps';
import { forgottenDeliveries, LetsIn } from './forgotten-deliveries';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { ImportedKeyOptions } from './imported-key-options';
import { KeyBase } from './key-base';
import { ServiceKeys } from './service-keys';
import { ViaServiceOptions } from './via-service-options';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { KmsService } from '../service/kms-service';
import { USE_ACTIONS } from '../service/use-actions';

/** A key that is not ours: grants write the identity half, where its owner says that the other one is there. */
export class ImportedKey extends KeyBase implements ICustomerManagedKey {
  public readonly keyArn: string;
  public readonly keyId: string;
  private readonly services: ServiceKeys;
  private readonly directGrant: DirectGrant;
  private readonly declared: DeclaredPolicy;

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
    this.declared = new DeclaredPolicy(env, options, this.env.account);
    this.services = new ServiceKeys(this, env, undefined, this.declared);
    this.node.addValidation({ validate: () => this.validateUse() });
    this.directGrant = new DirectGrant(this, env, this.declared, false);
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
    return [
      ...keyOfAnotherRegion(this.env.region, encrypted, (there) => this._insteadIn(there)),
      ...encryptionGaps(encrypted),
      ...forgottenDeliveries(encrypted, this.declaredAnywhere()),
    ];
  }

  /** One key may be imported by several stacks, each with what it needs. What service principals need was declared with the service. */
  private declaredAnywhere(): LetsIn {
    const imports = this.node.root.node.findAll().filter((key): key is ImportedKey => key instanceof ImportedKey && key.keyArn === this.keyArn);
    return {
      servicePrincipal: () => true,
      // The first one says it for all.
      serviceLinkedRole: (roleName) => imports[0] !== this || imports.some(({ declared }) => declared.serviceLinkedRole(roleName)),
    };
  }
}
