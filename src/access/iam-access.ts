import { AccessModel } from './access-model';
import { Access } from './decision/access';
import { AskedAction } from './decision/asked-action';
import { Asker } from './decision/asker';
import { compileAssumeRole } from './decision/compile-assume-role';
import { compileIamAction, IamResource } from './decision/compile-iam-action';
import { PairMemory } from './pair-memory';
import { AwsAction } from './policy/aws-action';
import { Identity } from './principal/policy-attachments';

/** Somebody asks for the same action on many roles. */
const MOST_KEPT = 50_000;
const OF_MODELS = new WeakMap<AccessModel, IamAccess>();

/** What decides on actions of AWS IAM and AWS STS. */
export class IamAccess {
  /** That of a model, made when somebody asks for it. */
  public static of(model: AccessModel): IamAccess {
    const access = OF_MODELS.get(model) ?? new IamAccess();
    OF_MODELS.set(model, access);
    return access;
  }

  private readonly asked = new PairMemory<Asker, string, AskedAction<AwsAction>>(MOST_KEPT,
    (asker, action) => new AskedAction(asker, new AwsAction(action)));

  private constructor() {}

  /** Whether somebody may become a role, or do with its trust policy what is asked. */
  public role(asker: Asker, role: Identity, action = 'sts:AssumeRole'): Access {
    return compileAssumeRole(this.asked.get(asker, action), role);
  }

  public resource(asker: Asker, resource: IamResource, action: string): Access {
    return compileIamAction(this.asked.get(asker, action), resource);
  }

  /** Whether some policy of somebody may allow an action on anything. */
  public mayDo(asker: Asker, action: string): boolean {
    return this.asked.get(asker, action).policies?.allowsAnything ?? asker.caller.kind === 'root';
  }
}
