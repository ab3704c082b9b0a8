import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type PipelineStack } from './pipeline-stack';
import { type SiteStack } from './site-stack';
import { KmsService } from 'cdk-kms-patterns';

export interface PeopleProps extends StackProps {
  readonly keys: KeysStack;
  readonly site: SiteStack;
  readonly pipeline: PipelineStack;
}

/** Who works with the pipeline. Grants write the IAM policies here; the key policies name nobody of this stack. */
export class PeopleStack extends Stack {
  constructor(scope: Construct, id: string, private readonly props: PeopleProps) {
    super(scope, id, { env: props.env, description: 'The people of the delivery pipeline' });
    this.developer();
    this.editor();
    this.operator();
    this.auditor();
  }

  /** Finds out why a build failed, and runs its image. */
  private developer(): void {
    const { keys, pipeline } = this.props;
    const role = this.person('Developer');
    pipeline.images.grantPull(role);
    role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:FilterLogEvents', 'logs:GetLogEvents'], resources: [pipeline.logGroup.logGroupArn] }));
    keys.artifacts.via(KmsService.CLOUDWATCH_LOGS).grantDecrypt(role);
  }

  /** Corrects a page without a delivery. */
  private editor(): void {
    this.props.site.pages.grantReadWrite(this.person('Editor'));
  }

  /** Stops a key that is in danger: who administers a key cannot use it. */
  private operator(): void {
    this.person('Operator').addToPolicy(new iam.PolicyStatement({
      actions: ['kms:CancelKeyDeletion', 'kms:DisableKey', 'kms:EnableKey'],
      resources: this.keyArns,
    }));
  }

  /** Sees how the keys are set up and what is granted on them, and uses none. */
  private auditor(): void {
    this.person('Auditor').addToPolicy(new iam.PolicyStatement({
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants'],
      resources: this.keyArns,
    }));
  }

  private get keyArns(): string[] {
    return [this.props.keys.artifacts.keyArn, this.props.keys.site.keyArn];
  }

  private person(id: string): iam.Role {
    return new iam.Role(this, id, { assumedBy: new iam.AccountPrincipal(this.account) });
  }
}
