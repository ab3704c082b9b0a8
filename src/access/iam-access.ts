import { AccessModel } from './access-model';
import { Access } from './decision/access';
import { AskedAction } from './decision/asked-action';
import { Asker } from './decision/asker';
import { compileAssumeRole } from './decision/compile-assume-role';
import { compileIamAction, IamResource } from './decision/compile-iam-action';
import { Decision } from './decision/decision';
import { OfModel } from './of-model';
import { PairMemory } from './pair-memory';
import { AwsAction } from './policy/aws-action';
import { Identity } from './principal/policy-attachments';

/** Somebody asks for the same action on many roles. */
const MOST_STATEMENTS = 100_000;

/** What decides on actions of AWS IAM and AWS STS. */
export class IamAccess {
  /** That of a model. */
  public static of(model: AccessModel): IamAccess {
    return this.models.of(model);
  }

  private static readonly models = new OfModel(() => new IamAccess());

  private readonly asked = new PairMemory<Asker, string, AskedAction<AwsAction>>(MOST_STATEMENTS,
    (asker, action) => new AskedAction(asker, new AwsAction(action)), ({ size }) => size);

  private constructor() {}

  /** Whether somebody may become a role, or do with its trust policy what is asked. */
  public role(asker: Asker, role: Identity, action = 'sts:AssumeRole'): Access {
    return compileAssumeRole(this.asked.get(asker, action), role);
  }

  public resource(asker: Asker, resource: IamResource, action: string): Access {
    return compileIamAction(this.asked.get(asker, action), resource);
  }

  /** The most that the policies of somebody may say of an action on anything. */
  public most(asker: Asker, action: string): Pick<Decision, 'verdict'> {
    const { policies } = this.asked.get(asker, action);
    return { verdict: policies ? policies.most : asker.caller.kind === 'root' ? 'allowed' : 'denied' };
  }
}
