import { IAspect } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';

/** Has AWS Secrets Manager refuse a resource policy that lets in everyone. L2s make the policy when somebody first needs one. */
export class BlockPublicPolicy implements IAspect {
  public visit(construct: IConstruct): void {
    if (construct instanceof secretsmanager.CfnResourcePolicy) {
      construct.blockPublicPolicy ??= true;
    }
  }
}
