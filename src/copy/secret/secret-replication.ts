import { Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { assertSameAccount } from '../destination';
import { SecretReplicationProps } from './secret-replication-props';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { EncryptedSecret } from '../../secret/encrypted-secret';

/**
 * Replicates an AWS Secrets Manager secret to another Region, encrypted there under a key of that Region.
 *
 * AWS Secrets Manager brings each change of the value, of the tags and of the resource policy to the replica, as soon as it is made. The replication is a
 * property of the secret, changed without interruption. A replica costs as much as a secret, 0.40 USD a month.
 *
 * Whoever writes the secret has the use of both keys, also where it was let in before: AWS does not say with whose permissions a value reaches the
 * replica. Whoever reads the secret reads nothing of the replica, and the other way round: let readers there in with `replica.grantRead`.
 *
 * Where the construct leaves the app, AWS Secrets Manager deletes the replica. Where the Region of the secret is lost, promote the replica to a secret of
 * its own before.
 *
 * @example
 * declare const token: EncryptedSecret;
 * new SecretReplication(this, 'TokenInSydney', { source: token, destination: SnapshotDestination.inRegion('ap-southeast-2') });
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/standalone-secret.html
 */
@propertyInjectable
export class SecretReplication extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.SecretReplication';

  /** The Region of the replica. */
  public readonly destinationRegion: string;
  /** The stack there, which has the key. What reads the replica belongs into another one. */
  public readonly destinationStack: Stack;
  /** The key that the replica is encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;

  private readonly source: EncryptedSecret;

  constructor(scope: Construct, id: string, { source, destination }: SecretReplicationProps) {
    super(scope, id);
    const { stack, key } = destination._for(this, source);
    assertSameAccount(this, Stack.of(source), stack, 'AWS Secrets Manager replicates secrets');
    this.source = source;
    this.destinationRegion = stack.region;
    this.destinationStack = stack;
    this.destinationKey = key;
    source._addReplica({ region: stack.region, encryptionKey: key });
  }

  /** The replica, for what reads it there: its grants give the key of that Region. */
  public get replica(): secretsmanager.ISecret {
    return this.source.replica(this.destinationRegion);
  }
}
