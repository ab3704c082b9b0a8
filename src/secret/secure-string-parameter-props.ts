import { RemovalPolicy } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { ParameterValue } from './parameter-value';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/**
 * Properties of a SecureString parameter.
 */
export interface SecureStringParameterProps {
  /**
   * The name, known before deployment, such as `/billing/token`. Another one replaces the parameter; a generated value goes along.
   */
  readonly parameterName: string;

  /**
   * Where the value comes from.
   */
  readonly value: ParameterValue;

  /**
   * The key that the value is encrypted under. Under another key, the same value is encrypted again.
   *
   * @default - a new key, retained when the stack is deleted
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * How much there is room for: 4,096 bytes in the standard tier, 8,192 in the advanced one, which costs 0.05 USD a month.
   *
   * There is no way back: an advanced parameter becomes a standard one only under another name.
   *
   * @default ParameterTier.STANDARD
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
   */
  readonly tier?: ssm.ParameterTier;

  /**
   * What the parameter is for, up to 1,024 characters. Everybody can read it who can list parameters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * What becomes of the parameter when it leaves the stack. A deleted parameter is gone at once, with all versions.
   * A retained one keeps its name: nothing of that name can be made before somebody deletes it.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
