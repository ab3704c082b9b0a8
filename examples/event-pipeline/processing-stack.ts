import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type MessagingStack } from './messaging-stack';
import { type StoresStack } from './stores-stack';
import { KmsService } from 'cdk-kms-patterns';

export interface ProcessingProps {
  readonly keys: KeysStack;
  readonly messaging: MessagingStack;
  readonly stores: StoresStack;
}

/** What is done with an order: a receipt, the table, the stream, the warehouse. */
export class ProcessingStack extends Stack {
  public readonly fulfil: sfn.StateMachine;
  /** What could not be processed. */
  public readonly failed: sqs.Queue;

  constructor(scope: Construct, id: string, private readonly props: ProcessingProps) {
    super(scope, id, { description: 'The functions and the state machine of the event pipeline' });
    this.failed = new sqs.Queue(this, 'Failed', { encryptionMasterKey: props.keys.orders.via(KmsService.SQS), enforceSSL: true });
    this.searchFunction();
    this.fulfil = this.stateMachine(this.receiptFunction());
    new events.Rule(this, 'Placed', {
      eventBus: props.messaging.bus,
      eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] },
      targets: [new targets.SfnStateMachine(this.fulfil, { deadLetterQueue: this.failed })],
    });
  }

  private receiptFunction(): lambda.Function {
    const accessPoint = this.props.stores.receipts.addAccessPoint('Receipts', {
      path: '/receipts',
      createAcl: { ownerUid: '1000', ownerGid: '1000', permissions: '750' },
      posixUser: { uid: '1000', gid: '1000' },
    });
    return this.function('Receipt', {
      handler: 'receipt.handler',
      environment: { RECEIPTS: '/mnt/receipts' },
      filesystem: lambda.FileSystem.fromEfsAccessPoint(accessPoint, '/mnt/receipts'),
    });
  }

  private searchFunction(): void {
    const { messaging, stores, keys } = this.props;
    const search = this.function('Search', { handler: 'search.handler', environment: { SEARCH: stores.search.domainEndpoint } });
    stores.search.grantWrite(search);
    search.connections.allowTo(stores.search, ec2.Port.HTTPS);
    search.addEventSource(new sources.KinesisEventSource(messaging.changes, {
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      retryAttempts: 10,
      bisectBatchOnError: true,
      onFailure: new sources.SqsDlq(this.failed),
      filters: [lambda.FilterCriteria.filter({ data: { 'detail-type': ['OrderPlaced'] } })],
      filterEncryption: keys.operations.via(KmsService.LAMBDA),
    }));
  }

  private function(id: string, props: Pick<lambda.FunctionProps, 'handler' | 'environment' | 'filesystem'>): lambda.Function {
    const key = this.props.keys.operations.via(KmsService.LAMBDA);
    const created = new lambda.Function(this, id, {
      ...props,
      runtime: lambda.Runtime.PYTHON_3_14,
      code: lambda.Code.fromAsset(join(__dirname, 'functions'), { sourceKMSKey: key }),
      environmentEncryption: key,
      logGroup: this.props.messaging.logGroup,
      vpc: this.props.stores.network,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      allowAllOutbound: false,
      reservedConcurrentExecutions: 10,
      tracing: lambda.Tracing.ACTIVE,
      timeout: Duration.seconds(30),
    });
    // AWS Lambda decrypts the environment under a grant, which ends when the role is made anew.
    key.grantDecrypt(created);
    return created;
  }

  private stateMachine(receipt: lambda.Function): sfn.StateMachine {
    const { keys, messaging: { accepted, logGroup }, stores: { table } } = this.props;
    const order = sfn.TaskInput.fromJsonPathAt('$.detail');
    const text = (field: string) => tasks.DynamoAttributeValue.fromString(sfn.JsonPath.stringAt(`$.detail.${field}`));
    const steps = new tasks.LambdaInvoke(this, 'WriteReceipt', { lambdaFunction: receipt, payload: order, resultPath: sfn.JsonPath.DISCARD })
      .next(new tasks.DynamoPutItem(this, 'KeepOrder', {
        table,
        item: { customer: text('customer'), order: text('order'), total: text('total') },
        resultPath: sfn.JsonPath.DISCARD,
      }))
      .next(new tasks.SnsPublish(this, 'TellWarehouse', { topic: accepted, message: order }));
    const machineKey = keys.orders.via(KmsService.STEP_FUNCTIONS);
    const machine = new sfn.StateMachine(this, 'Fulfil', {
      role: new iam.Role(this, 'FulfilRole', {
        assumedBy: new iam.ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } }),
      }),
      definitionBody: sfn.DefinitionBody.fromChainable(steps),
      encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(machineKey),
      logs: { destination: logGroup, level: sfn.LogLevel.ALL },
      tracingEnabled: true,
    });
    // AWS CDK lets the role use the key for a state machine without a name only.
    machineKey.grantEncryptDecrypt(machine);
    // The tasks ask for their calls, not for the keys behind them.
    table.grantWriteData(machine);
    accepted.grantPublish(machine);
    return machine;
  }
}
