import { createHash } from 'node:crypto';
import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { outermost } from '../../private/outermost-stack';
import { inDestination } from '../in-destination';

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateSnapshotCopyGrant.html */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST_NAME = 63;

/** A grant as copies name it. */
export interface NamedGrant {
  readonly name: string;
  /** Whether the copies make it, and delete it where they leave the app. */
  readonly madeWithCopies: boolean;
}

/** Where a grant is, and what for. */
interface GrantPlace {
  readonly stack: Stack;
  readonly key: kms.IKey;
}

/**
 * What lets Amazon Redshift encrypt copies of snapshots under a key of the Region that they go to: a snapshot copy grant there.
 *
 * @example
 * declare const warehouse: EncryptedRedshiftCluster;
 * new RedshiftSnapshotCopy(this, 'WarehouseInVirginia', {
 *   source: warehouse,
 *   destination: SnapshotDestination.inRegion('us-east-1'),
 *   grant: SnapshotCopyGrant.byCloudFormation(),
 * });
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
 */
export class SnapshotCopyGrant {
  /**
   * Made by the function that starts the copies, in any Region, and deleted by it after it has stopped them.
   *
   * The role of the function may do so with this grant and its key only. Where copies get another Region, key or grant, the former grant stays, as the
   * event of the stack says: delete it with `aws redshift delete-snapshot-copy-grant --region REGION --snapshot-copy-grant-name NAME`.
   */
  public static byFunction(): SnapshotCopyGrant {
    return new SnapshotCopyGrant((copy, { key }) => ({ name: nameFor(copy, key), madeWithCopies: true }));
  }

  /**
   * A resource of the destination stack, where CloudFormation has the type `AWS::Redshift::SnapshotCopyGrant`: in October 2026 it had it in
   * four commercial Regions. The deployment fails in the others.
   *
   * Whoever deploys and deletes it has `deployPermissions()` of the key. It stays when the copies leave the app, because the destination stack is deployed
   * before they have stopped: delete it by hand then.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshift-snapshotcopygrant.html
   */
  public static byCloudFormation(): SnapshotCopyGrant {
    return new SnapshotCopyGrant((copy, { stack, key }) => {
      const name = nameFor(copy, key);
      // CfnSnapshotCopyGrant came with aws-cdk-lib 2.272.
      new CfnResource(inDestination(copy, stack), 'Grant', {
        type: 'AWS::Redshift::SnapshotCopyGrant', properties: { SnapshotCopyGrantName: name, KmsKeyId: key.keyArn },
      });
      return { name, madeWithCopies: false };
    });
  }

  /**
   * One that exists, made for the key of the destination with `aws redshift create-snapshot-copy-grant --region`. The deployment fails where it is for another key.
   *
   * @param name 1 to 63 lower-case letters, digits and single hyphens, a letter first
   */
  public static ofName(name: string): SnapshotCopyGrant {
    return new SnapshotCopyGrant((copy) => {
      if (!Token.isUnresolved(name) && (name.length > LONGEST_NAME || !NAME.test(name))) {
        throw new KmsPatternsError('SnapshotCopyGrantNameInvalid',
          `a snapshot copy grant is named with 1 to ${LONGEST_NAME} lower-case letters, digits and single hyphens, a letter first, given: '${name}'; `
          + 'write the name of one that exists, such as copies-of-sales', copy);
      }
      return { name, madeWithCopies: false };
    });
  }

  private constructor(private readonly find: (copy: Construct, place: GrantPlace) => NamedGrant) {}

  /** @internal */
  public _for(copy: Construct, place: GrantPlace): NamedGrant {
    return this.find(copy, place);
  }
}

/** One for each copy and key, in whatever account and Region they meet others: a grant never changes its key. */
function nameFor(copy: Construct, key: kms.IKey): string {
  const { stackName, region } = outermost(Stack.of(copy));
  const words = copy.node.path.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 0).join('-');
  const unique = createHash('sha256').update([stackName, region, copy.node.path, key.node.path].join('\n')).digest('hex').slice(0, 10);
  return ['copy', words.slice(0, 45).replace(/-$/, ''), unique].filter((part) => part.length > 0).join('-');
}
