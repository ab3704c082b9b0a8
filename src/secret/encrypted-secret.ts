import { isDeepStrictEqual } from 'node:util';
import { AspectPriority, Aspects, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BlockPublicPolicy } from './block-public-policy';
import { EncryptedSecretProps } from './encrypted-secret-props';
import { SecretArns } from './secret-arns';
import { SecretContent, secretStrings, SecretValueProps } from './secret-content';
import { assertOwnPolicy, assertSecretName, granteeOfSecret } from './secret-input';
import { SecretKey } from './secret-key';
import { SecretReplica } from './secret-replica';
import { assertCustomerManaged, SecretReplicas } from './secret-replicas';
import { assertNotHosted, assertRotates, letInOwnAccountOnly } from './secret-rotation';
import { CustomerManagedKey } from '../key/customer-managed-key';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../key/key-region';
import { ServiceKey } from '../key/service-key';
import { viaAlsoIn } from '../key/via-also-in';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { KmsService } from '../service/kms-service';

/**
 * An AWS Secrets Manager secret that is encrypted under a key that you own, and its replicas under keys that you own in their Regions.
 *
 * Grants give both halves: AWS Secrets Manager's actions, and the use of the key for this secret only, by its encryption context. The value is in no
 * template. No resource policy can let in everyone.
 *
 * A secret costs 0.40 USD a month, and so does each replica.
 *
 * The construct can take the place of `new secretsmanager.Secret` with the same id: logical ids stay, nothing is replaced. Under its new key,
 * AWS Secrets Manager encrypts the secret again.
 *
 * @example
 * const login = new EncryptedSecret(this, 'Login', {
 *   content: SecretContent.generatedField('password', { username: 'billing' }),
 * });
 * declare const rotate: lambda.Function;
 * login.addRotationSchedule('Rotation', { rotationLambda: rotate });
 * declare const biller: iam.Role;
 * login.grantRead(biller);
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
@propertyInjectable
export class EncryptedSecret extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedSecret';

  /** The secret itself, for every L2 that takes one. */
  public readonly secret: secretsmanager.Secret;
  /** The key that the secret is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;

  private readonly arns: SecretArns;
  private readonly replicas: SecretReplicas;
  private readonly content: SecretValueProps;
  private readonly secretKey: SecretKey;
  private hasHostedRotation = false;

  constructor(scope: Construct, id: string, props: EncryptedSecretProps = {}) {
    super(scope, id);
    assertSecretName(this, props.secretName);
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts ${this.node.path}` });
    assertCustomerManaged(this, this.encryptionKey, 'the secret');
    assertKeyOfRegion(this, this.encryptionKey);
    this.arns = new SecretArns(this, props.secretName, () => this.secret.node.defaultChild as secretsmanager.CfnSecret);
    this.replicas = new SecretReplicas(this, this.arns, props.replicaRegions ?? []);
    this.content = (props.content ?? SecretContent.generated())._bind(this);
    this.secretKey = new SecretKey(this, this.keyForThisSecret(), this.replicas.keys);
    this.secret = new secretsmanager.Secret(this, 'Default', {
      ...this.content,
      secretName: props.secretName,
      description: props.description,
      encryptionKey: this.secretKey,
      replicaRegions: this.replicas.props,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Aspects.of(this.secret).add(new BlockPublicPolicy(), { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => this.encryptionUndone() });
  }

  /**
   * Lets the grantee read the value, decrypting it. Another account is let in by the resource policy and the key policy.
   *
   * @param versionStages the staging labels of the versions that it may read, such as `AWSCURRENT`; all versions by default
   */
  public grantRead(grantee: iam.IGrantable, versionStages?: string[]): iam.Grant {
    if (versionStages?.length === 0) {
      throw new KmsPatternsError('VersionStagesEmpty',
        'a grant of no version grants nothing, given: versionStages []; write staging labels such as AWSCURRENT, or leave versionStages out', this);
    }
    return this.secret.grantRead(granteeOfSecret(this, this.arns, grantee), versionStages);
  }

  /**
   * Lets the grantee put new values into the secret, encrypting them, also under the keys of the replicas. It does not let it read.
   */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    return this.secret.grantWrite(granteeOfSecret(this, this.arns, grantee));
  }

  /**
   * Rotates the secret: the role of the function gets the secret and all its keys, and AWS Secrets Manager of this account may call the function.
   * The login of a database is attached to it before, with `secret.attach(database)`: rotation then starts when host and port are in the secret.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
   */
  public addRotationSchedule(id: string, options: secretsmanager.RotationScheduleOptions): secretsmanager.RotationSchedule {
    assertRotates(this, options, this.replicas.regions.length > 0);
    const schedule = this.secretToRotate.addRotationSchedule(id, options);
    letInOwnAccountOnly(this, options);
    this.hasHostedRotation ||= options.hostedRotation !== undefined;
    return schedule;
  }

  /**
   * Adds a statement to the resource policy, which the replicas have as well. Another account needs the key too: let it in with `grantRead`.
   *
   * @throws where the statement would let in everyone
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    assertOwnPolicy(this, statement);
    return this.secret.addToResourcePolicy(statement);
  }

  /**
   * The replica in a Region, for what reads it there: its grants give the key of that Region.
   *
   * Where the secret has no `secretName`, what reads the replica refers to the secret, weakly as all that refers to it does then, and is in another stack
   * than the key of the replica.
   */
  public replica(region: string): secretsmanager.ISecret {
    return this.replicas.secretIn(region, this.secret);
  }

  /** @internal */
  public _addReplica(replica: SecretReplica): void {
    assertNotHosted(this, this.hasHostedRotation);
    const key = this.replicas.add(replica);
    viaAlsoIn(this.encryptionKey, KmsService.SECRETS_MANAGER, this.replicas.regions);
    this.secretKey.addReplica(key);
    this.secret.addReplicaRegion(replica.region, replica.encryptionKey);
  }

  private get secretToRotate(): secretsmanager.ISecret {
    const attachment = this.secret.node.tryFindChild('Attachment');
    return attachment instanceof secretsmanager.SecretTargetAttachment ? attachment : this.secret;
  }

  private keyForThisSecret() {
    const key = viaAlsoIn(this.encryptionKey, KmsService.SECRETS_MANAGER, this.replicas.regions);
    return key instanceof ServiceKey ? key.pinnedTo({ resource: this, key: 'SecretARN', values: [this.arns.pattern()] }) : key;
  }

  /** Property injectors, aspects and mixins reach the secret inside. */
  private encryptionUndone(): string[] {
    const stack = Stack.of(this);
    const { kmsKeyId, replicaRegions, generateSecretString, secretString } = this.secret.node.defaultChild as secretsmanager.CfnSecret;
    const replicas = this.replicas.props?.map(({ region, encryptionKey }) => ({ region, kmsKeyId: encryptionKey!.keyRef.keyArn })) ?? [];
    const policies = this.secret.node.findAll().filter((child) => child instanceof secretsmanager.CfnResourcePolicy);
    const undone = Object.entries({
      encryptionKey: isDeepStrictEqual(stack.resolve(kmsKeyId), stack.resolve(this.encryptionKey.keyArn)),
      replicaRegions: isDeepStrictEqual(stack.resolve(replicaRegions) ?? [], stack.resolve(replicas)),
      content: isDeepStrictEqual(stack.resolve({ generateSecretString, secretString }), stack.resolve(secretStrings(this.content))),
      blockPublicPolicy: policies.every(({ blockPublicPolicy }) => blockPublicPolicy === true),
    }).filter(([, kept]) => !kept).map(([property]) => property);
    return undone.length === 0 ? [] : [
      `EncryptionUndone: a property injector, an aspect or a mixin changed ${undone.join(', ')} of the secret inside; `
      + 'leave this secret out of it, or give what you want to EncryptedSecret',
    ];
  }
}
