import { RemovalPolicy } from 'aws-cdk-lib';
import { SecretContent } from './secret-content';
import { SecretReplica } from './secret-replica';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/**
 * Properties of an encrypted secret: those of `secretsmanager.Secret`, without the ones that could undo the encryption or put the value into the template.
 */
export interface EncryptedSecretProps {
  /**
   * What the secret holds when it is made. Another content makes a new version of the secret.
   *
   * @default SecretContent.generated()
   */
  readonly content?: SecretContent;

  /**
   * The key that the secret is encrypted under. Under another key, AWS Secrets Manager encrypts the current, the pending and the previous version again.
   *
   * @default - a new key, retained when the stack is deleted
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * The name: up to 512 letters, digits and `/_+=.@-`. Another one replaces the secret, whose value does not go along.
   *
   * Roles of other accounts and Regions need it, to know the secret before it is there.
   *
   * @default - a generated name
   */
  readonly secretName?: string;

  /**
   * What the secret is for. Everybody can read it who can list secrets.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Copies in other Regions, each under a key there.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
   */
  readonly replicaRegions?: SecretReplica[];

  /**
   * What becomes of the secret when it leaves the stack. AWS CloudFormation deletes without a recovery window: what is deleted is gone at once.
   * A retained secret keeps its name.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE: it is retained, except by the rollback of the deployment that made it, after which its name
   * would be taken
   */
  readonly removalPolicy?: RemovalPolicy;
}
