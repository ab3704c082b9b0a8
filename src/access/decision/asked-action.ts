import { Asker } from './asker';
import { IdentityPolicies } from './identity-policies';
import { CallerContext } from './known-context';
import { AwsAction } from '../policy/aws-action';
import { KmsAction } from '../policy/kms-action';
import { readable } from '../text/text';

/** Somebody who asks for an action, whatever it is on. */
export class AskedAction<A extends AwsAction = KmsAction> {
  public readonly known: CallerContext;
  public readonly who: string;
  /** What IAM says; nothing for services and account roots, which have no policies. */
  public readonly policies?: IdentityPolicies;
  public readonly boundary?: IdentityPolicies;

  constructor(public readonly asker: Asker, public readonly action: A) {
    this.known = new CallerContext(asker.caller, action, asker.tags);
    this.who = readable(asker.caller.arn);
    this.policies = asker.policies && new IdentityPolicies(asker.policies, action, this.known);
    this.boundary = asker.boundary && new IdentityPolicies(asker.boundary, action, this.known);
  }

  /** About how much it takes to keep, in statements. */
  public get size(): number {
    return 4 + (this.policies?.size ?? 0) + (this.boundary?.size ?? 0);
  }
}
