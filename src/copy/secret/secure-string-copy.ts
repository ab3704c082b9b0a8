import { ITaggableV2, Stack, TagManager, TagType, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { assertSameAccount } from '../destination';
import { inDestination } from '../in-destination';
import { SecureStringCopyProps } from './secure-string-copy-props';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { ServiceKey } from '../../key/service-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { reachableCaller } from '../../private/reachable-caller';
import { assertParameterName, parameterArn } from '../../secret/parameter-name';
import { SecureStringParameter } from '../../secret/secure-string-parameter';
import { secureStringResource } from '../../secret/secure-string-resource';
import { writerRole } from '../../secret/writer-role';
import { KmsService } from '../../service/kms-service';

const RESOURCE_TYPE = 'Custom::SecureStringCopy';
const PARAMETER_STORE = { service: 'AWS Systems Manager', resource: 'parameter' };

/**
 * A copy of a SecureString parameter in another Region, encrypted there under a key of that Region.
 *
 * Parameter Store replicates nothing: the function that writes the SecureString parameters of a stack writes the copy too, with a role that can read
 * this source and write this copy, and nothing else. The value is in no template, event, log or state, and crosses between the Regions by TLS.
 *
 * The copy follows what the template says of the source, and a rollback brings the old value of both back. It does not follow what is put into the source
 * by other means: copy again with another `revision`, or keep such values in an `EncryptedSecret`, whose replicas follow.
 *
 * Whoever reads the source reads nothing of the copy: let readers there in with `grantRead`. The copy costs what a parameter of its tier does.
 *
 * Where the construct leaves the app, the copy is deleted.
 *
 * @example
 * declare const token: SecureStringParameter;
 * const copy = new SecureStringCopy(this, 'TokenInSydney', { source: token, destination: SnapshotDestination.inRegion('ap-southeast-2') });
 * declare const reader: iam.Role;
 * copy.grantRead(reader);
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
 */
@propertyInjectable
export class SecureStringCopy extends Construct implements ITaggableV2 {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.SecureStringCopy';

  /** The Region of the copy. */
  public readonly destinationRegion: string;
  /** The stack there, which has the key. */
  public readonly destinationStack: Stack;
  /** The key that the copy is encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** The copy, for every L2 that takes one. It is known by its name: what refers to it there is made before it. */
  public readonly parameter: ssm.IStringParameter;
  /** The tags of the copy, beside those of the stack that the construct is in. */
  public readonly cdkTagManager = new TagManager(TagType.KEY_VALUE, RESOURCE_TYPE);

  constructor(scope: Construct, id: string, props: SecureStringCopyProps) {
    super(scope, id);
    const { parameterName: name, tier, value } = props.source._source;
    const parameterName = props.parameterName ?? name;
    assertParameterName(this, parameterName);
    this.assertSameRegion(props.source);
    const { stack, key } = props.destination._for(this, this);
    assertSameAccount(this, Stack.of(this), stack, 'SecureString parameters are copied');
    this.destinationRegion = stack.region;
    this.destinationStack = stack;
    this.destinationKey = key;
    const arn = parameterArn(this, parameterName, stack.region);
    const encryptionKey = this.keyForThisCopy(arn);
    const role = writerRole(this, { parameterName, parameterArn: arn, encryptionKey: key });
    encryptionKey.grantEncryptDecrypt(role);
    props.source.grantRead(role);
    // Another Region is another resource, so that the copy in the former one is deleted.
    secureStringResource(this, `In${stack.region}`, {
      resourceType: RESOURCE_TYPE,
      role,
      parameter: {
        ParameterName: parameterName,
        ParameterArn: arn,
        Region: stack.region,
        KeyArn: key.keyArn,
        Tier: tier,
        Value: {
          Parameter: { Name: props.source.parameter.parameterName, From: Stack.of(this).toJsonString(value), Revision: props.revision },
        },
      },
      tags: this.cdkTagManager,
      removalPolicy: props.removalPolicy,
    });
    this.parameter = ssm.StringParameter.fromSecureStringParameterAttributes(inDestination(this, stack), 'Parameter', {
      parameterName, simpleName: !parameterName.startsWith('/'), encryptionKey,
    });
  }

  /** Lets the grantee read the copy, decrypting it. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.parameter.grantRead(reachableCaller(this, PARAMETER_STORE, grantee, ['ssm:GetParameter', 'kms:Decrypt']));
  }

  private keyForThisCopy(arn: string) {
    const key = this.destinationKey.via(KmsService.PARAMETER_STORE);
    return key instanceof ServiceKey ? key.pinnedTo({ resource: this, key: 'PARAMETER_ARN', values: [arn] }) : key;
  }

  private assertSameRegion(source: SecureStringParameter): void {
    const [from, here] = [Stack.of(source), Stack.of(this)];
    if (Token.compareStrings(from.region, here.region) === TokenComparison.DIFFERENT) {
      throw new KmsPatternsError('SourceOfAnotherRegion',
        `the function of a stack reads the parameters of its Region, given: ${source.node.path} in ${from.region}, for ${here.node.path} in ${here.region}; `
        + `write the copy in a stack of ${from.region}`, this);
    }
  }
}
