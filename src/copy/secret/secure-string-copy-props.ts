import { RemovalPolicy } from 'aws-cdk-lib';
import { SecureStringParameter } from '../../secret/secure-string-parameter';
import { SnapshotDestination } from '../snapshot-destination';

/**
 * Properties of a copy of a SecureString parameter in another Region.
 */
export interface SecureStringCopyProps {
  /**
   * The parameter that is copied, of the same Region as the construct.
   */
  readonly source: SecureStringParameter;

  /**
   * The Region of the copy, in the same account, and its key there. Under another key, the same value is encrypted again. Another Region is another
   * copy: the former is deleted.
   */
  readonly destination: SnapshotDestination;

  /**
   * The name there, known before deployment. Another one replaces the copy; its value goes along.
   *
   * @default - the name of the source
   */
  readonly parameterName?: string;

  /**
   * Any text. Another one copies the value again, after it was changed by other means than the template of the source.
   *
   * @default - none
   */
  readonly revision?: string;

  /**
   * What becomes of the copy when it leaves the stack. A deleted parameter is gone at once, with all versions.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
