import { Access } from './access';
import { AskedAction } from './asked-action';
import { RouteCompiler } from './route-compiler';
import { AwsAction } from '../policy/aws-action';
import { equalText, readable, Text } from '../text/text';

/** A resource of AWS IAM: only the IAM policies of its own account say who may do something with it. */
export interface IamResource {
  readonly arn: Text;
  readonly account: Text;
  /** Condition keys that the resource answers, in lower case. */
  readonly conditionKeys?: ReadonlyMap<string, readonly Text[]>;
}

/** Everything that can allow or deny somebody an action on a resource of AWS IAM. */
export function compileIamAction(asked: AskedAction<AwsAction>, resource: IamResource): Access {
  return new IamActionCompiler(asked, resource).access();
}

class IamActionCompiler extends RouteCompiler<AwsAction> {
  constructor(asked: AskedAction<AwsAction>, private readonly resource: IamResource) {
    super(asked, { arn: resource.arn, on: `on ${readable(resource.arn)}` });
  }

  public access(): Access {
    const { caller } = this.asker;
    const own = caller.kind === 'service' ? false : equalText(caller.account!, this.resource.account);
    if (own === false) {
      this.missing.push(`${this.action.text} is not possible from another account`);
    }
    this.identityOnly(this.identity(), own);
    return this.compiled(this.resource.conditionKeys ?? new Map());
  }
}
