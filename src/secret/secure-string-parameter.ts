import { ITaggableV2, Stack, Stage, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ValueSource } from './handler/wanted-parameter';
import { assertParameterName, parameterArn } from './parameter-name';
import { SecureStringParameterProps } from './secure-string-parameter-props';
import { secureStringResource } from './secure-string-resource';
import { writerRole } from './writer-role';
import { CustomerManagedKey } from '../key/customer-managed-key';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../key/key-region';
import { ServiceKey } from '../key/service-key';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { reachableCaller } from '../private/reachable-caller';
import { KmsService } from '../service/kms-service';

const LONGEST_DESCRIPTION = 1024;
const RESOURCE_TYPE = 'Custom::SecureStringParameter';
const PARAMETER_STORE = { service: 'AWS Systems Manager', resource: 'parameter' };

/**
 * What a copy is made of.
 *
 * @internal
 */
export interface SecureStringSource {
  readonly parameterName: string;
  readonly tier: 'Standard' | 'Advanced';
  readonly value: ValueSource;
}

const MOST_BYTES: Partial<Record<string, number>> = { [ssm.ParameterTier.STANDARD]: 4096, [ssm.ParameterTier.ADVANCED]: 8192 };

/**
 * A SecureString parameter that is encrypted under a key that you own.
 *
 * CloudFormation cannot make one: a function does, one for all parameters of a stack, with a role for each parameter that can write this one under
 * this key and get at its value, and nothing else. The value is in no template, event, log or state. An update that is rolled back brings
 * the old value back.
 *
 * A standard parameter costs nothing but the calls to AWS KMS. Each is a role of the account, which has a quota.
 *
 * The parameter keeps three tags that start with `cdk-kms-patterns:`, by which the function knows what it did.
 *
 * @example
 * declare const key: CustomerManagedKey;
 * const token = new SecureStringParameter(this, 'Token', {
 *   parameterName: '/billing/token',
 *   value: ParameterValue.generated({ length: 40, excludePunctuation: true }),
 *   encryptionKey: key,
 * });
 * declare const biller: iam.Role;
 * token.grantRead(biller);
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
@propertyInjectable
export class SecureStringParameter extends Construct implements ITaggableV2 {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.SecureStringParameter';

  /** The parameter, for every L2 that takes one, such as the secrets of Amazon ECS. What refers to it is made after it. */
  public readonly parameter: ssm.IStringParameter;
  /** The key that the value is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** The tags of the parameter, beside those of its stack. */
  public readonly cdkTagManager = new TagManager(TagType.KEY_VALUE, RESOURCE_TYPE);

  /** @internal */
  public readonly _source: SecureStringSource;

  private readonly arn: string;

  constructor(scope: Construct, id: string, props: SecureStringParameterProps) {
    super(scope, id);
    assertParameterName(this, props.parameterName);
    this.assertDescription(props.description);
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts ${this.node.path}` });
    assertKeyOfRegion(this, this.encryptionKey);
    const tier = (props.tier ?? ssm.ParameterTier.STANDARD) as SecureStringSource['tier'];
    this.arn = parameterArn(this, props.parameterName);
    const { arn } = this;
    const value = { construct: this, arn, mostBytes: this.mostBytes(tier), givenKey: props.encryptionKey };
    const encryptionKey = this.keyForThisParameter(arn);
    const role = writerRole(this, {
      parameterName: props.parameterName, parameterArn: arn, encryptionKey: this.encryptionKey, directKey: props.value._source.directKey?.(value),
    });
    encryptionKey.grantEncryptDecrypt(role);
    this._source = { parameterName: props.parameterName, tier, value: props.value._source.bind(value, role) };
    const resource = secureStringResource(this, 'Resource', {
      resourceType: RESOURCE_TYPE,
      role,
      parameter: {
        ParameterName: props.parameterName,
        ParameterArn: arn,
        KeyArn: this.encryptionKey.keyArn,
        Tier: tier,
        Description: props.description,
        Value: this._source.value,
      },
      tags: this.cdkTagManager,
      removalPolicy: props.removalPolicy,
    });
    this.parameter = ssm.StringParameter.fromSecureStringParameterAttributes(this, 'Parameter', {
      parameterName: resource.ref, simpleName: !props.parameterName.startsWith('/'), encryptionKey,
    });
    this.node.addValidation({ validate: () => this.nameGivenBefore() });
  }

  /** Lets the grantee read the value, decrypting it. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.parameter.grantRead(reachableCaller(this, PARAMETER_STORE, grantee, ['ssm:GetParameter', 'kms:Decrypt']));
  }

  /** Lets the grantee write other values, encrypting them. They stay until the template asks for another value. */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    return this.parameter.grantWrite(reachableCaller(this, PARAMETER_STORE, grantee, ['ssm:PutParameter', 'kms:Encrypt']));
  }

  private keyForThisParameter(arn: string) {
    const key = this.encryptionKey.via(KmsService.PARAMETER_STORE);
    return key instanceof ServiceKey ? key.pinnedTo({ resource: this, key: 'PARAMETER_ARN', values: [arn] }) : key;
  }

  /** Names are unique in an account and Region; with and without a slash before it, a name has one ARN. */
  private nameGivenBefore(): string[] {
    const stack = Stack.of(this);
    const isSame = (other: SecureStringParameter) => this.arn === other.arn
      && (Stack.of(other) === stack || (Stage.of(other) === Stage.of(this) && !Token.isUnresolved(this.arn)));
    const alike = (Stage.of(this) ?? this.node.root).node.findAll().filter((child) => child instanceof SecureStringParameter).filter(isSame);
    return alike.indexOf(this) === 0 ? [] : [
      `ParameterNameGivenTwice: two parameters have the ARN ${stack.resolve(this.arn)}, given: ${alike[0].node.path} before; write another parameterName`,
    ];
  }

  private assertDescription(description = ''): void {
    if (!Token.isUnresolved(description) && description.length > LONGEST_DESCRIPTION) {
      throw new KmsPatternsError('ParameterDescriptionTooLong',
        `Parameter Store takes ${LONGEST_DESCRIPTION} characters, given: ${description.length}; write a shorter description`, this);
    }
  }

  private mostBytes(tier: string): number {
    const bytes = MOST_BYTES[tier];
    if (bytes === undefined) {
      throw new KmsPatternsError('ParameterTierNotChosen',
        `a parameter has a tier of its own here, because the advanced one costs and has no way back, given: ${tier}; `
        + 'write ParameterTier.STANDARD or ParameterTier.ADVANCED', this);
    }
    return bytes;
  }
}
