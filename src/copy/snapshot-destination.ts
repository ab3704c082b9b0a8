import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CopyStack } from './copy-stack';
import { assertOtherRegion, assertReachable, Destination } from './destination';
import { DestinationRegionOptions } from './destination-region-options';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { outermost } from '../private/outermost-stack';
import { referWeakly } from '../private/weak-reference';

/**
 * The other Region that copies go to, and the key of that Region that they are encrypted under.
 *
 * @example
 * declare const ledger: EncryptedDatabaseInstance;
 * new RdsBackupReplication(this, 'LedgerInSydney', { source: ledger, destination: SnapshotDestination.inRegion('ap-southeast-2') });
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class SnapshotDestination {
  /**
   * A stack that is made in a Region, in the account and Stage of the source stack, and deployed before it, with a key of its own.
   *
   * All copies of a source stack that go to the Region share it. The key costs 1 USD a month. `cdk bootstrap` the Region before.
   *
   * Where the last copy leaves the app, the stack leaves it too, and stays deployed: AWS CDK deletes no stack by itself. Delete it by hand when no copy
   * is needed any longer. Its key and the alias are retained even then, because what is encrypted under a deleted key is lost. Before the
   * stack is made again, delete the alias or give another.
   *
   * @param region such as `ap-southeast-2`
   */
  public static inRegion(region: string, options: DestinationRegionOptions = {}): SnapshotDestination {
    return new SnapshotDestination((copy, source) => {
      assertOtherRegion(copy, source, region);
      const stack = CopyStack.for(copy, source, region, options);
      return { stack, key: stack.key };
    });
  }

  /**
   * A stack of yours in another Region, in the Stage of the source stack, and a key of that Region. It is deployed before the source stack.
   *
   * Every reference to the key from another stack becomes a weak one, and to whatever else is in the nested stack of the key, if it is in one.
   * Where a stack of that Region imports one of them already, deploy once with `CrossStackReferences.of(…).produce(ReferenceStrength.BOTH)`.
   *
   * The key lets in the services that copy, as with `via`; an imported one must say that it does.
   */
  public static ofStack(stack: Stack, key: ICustomerManagedKey): SnapshotDestination {
    return new SnapshotDestination((copy, source) => {
      assertOtherRegion(copy, source, stack.region);
      assertReachable(copy, source, { stack, key });
      return { stack: outermost(stack), key };
    });
  }

  private constructor(private readonly find: (copy: IConstruct, source: Stack) => Destination) {}

  /** @internal */
  public _for(copy: IConstruct, of: IConstruct): Destination {
    const source = outermost(Stack.of(of));
    const destination = this.find(copy, source);
    source.addStackDependency(destination.stack);
    referWeakly(destination.key.node.defaultChild);
    return destination;
  }
}
