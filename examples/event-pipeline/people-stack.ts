import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type MessagingStack } from './messaging-stack';
import { type ProcessingStack } from './processing-stack';
import { type StoresStack } from './stores-stack';
import { KmsService } from 'cdk-kms-patterns';

export interface PeopleProps {
  readonly keys: KeysStack;
  readonly messaging: MessagingStack;
  readonly stores: StoresStack;
  readonly processing: ProcessingStack;
}

/** Who uses the pipeline. Grants write the IAM policies here; the key policies name nobody of this stack. */
export class PeopleStack extends Stack {
  constructor(scope: Construct, id: string, private readonly props: PeopleProps) {
    super(scope, id, { description: 'The applications and people of the event pipeline' });
    this.shop();
    this.warehouse();
    this.analyst();
    this.operator();
    this.auditor();
  }

  /** Puts events, for which it needs nothing of the key, and shows customers their orders. */
  private shop(): void {
    const role = this.role('Shop', new iam.ServicePrincipal('ecs-tasks.amazonaws.com'));
    this.props.messaging.bus.grantPutEventsTo(role);
    this.props.stores.table.grantReadData(role);
  }

  /** Packs what it is told to. */
  private warehouse(): void {
    this.props.messaging.warehouse.grantConsumeMessages(this.role('Warehouse', new iam.ServicePrincipal('ecs-tasks.amazonaws.com')));
  }

  /** Reads what has happened. */
  private analyst(): void {
    this.props.messaging.history.grantRead(this.person('Analyst'));
  }

  /** Sees what failed, without the orders in it, and stops a key that is in danger: who administers a key cannot use it. */
  private operator(): void {
    const { keys: { orders, operations }, messaging, processing } = this.props;
    const role = this.person('Operator');
    processing.fulfil.grant(role, 'states:ListExecutions');
    operations.via(KmsService.CLOUDWATCH_LOGS).grantDecrypt(role);
    role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:FilterLogEvents', 'logs:GetLogEvents'], resources: [messaging.logGroup.logGroupArn] }));
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['sqs:GetQueueAttributes'],
      resources: [messaging.undelivered.queueArn, processing.failed.queueArn],
    }));
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['kms:CancelKeyDeletion', 'kms:DisableKey', 'kms:EnableKey'],
      resources: [orders.keyArn, operations.keyArn],
    }));
  }

  /** Sees how the keys are set up and what is granted on them, and uses none. */
  private auditor(): void {
    const { orders, operations, backups } = this.props.keys;
    this.person('Auditor').addToPolicy(new iam.PolicyStatement({
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants'],
      resources: [orders, operations, backups].map(({ keyArn }) => keyArn),
    }));
  }

  private person(id: string): iam.Role {
    return this.role(id, new iam.AccountPrincipal(this.account));
  }

  private role(id: string, assumedBy: iam.IPrincipal): iam.Role {
    return new iam.Role(this, id, { assumedBy });
  }
}
