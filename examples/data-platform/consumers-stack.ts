import { type Environment, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type DataStack, LEDGER_PORT } from './data-stack';
import { type KeysStack } from './keys-stack';
import { type NetworkStack } from './network-stack';
import { KmsService } from 'cdk-kms-patterns';

/** Who uses the data. Grants write the IAM policies here; the key policies name nobody of this stack. */
export class ConsumersStack extends Stack {
  constructor(
    scope: Construct, id: string, private readonly keys: KeysStack, private readonly network: NetworkStack, private readonly data: DataStack,
    env?: Environment,
  ) {
    super(scope, id, { env, description: 'The workloads and people of the data platform' });
    const worker = this.worker();
    this.analyst();
    this.operator(worker);
    this.auditor();
    this.alerts();
  }

  /** Fetches what partners offer, with their token, into the lake, and keeps account of it in the ledger. */
  private worker(): ec2.Instance {
    const role = new iam.Role(this, 'Ingest', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    this.data.lake.grantPut(role);
    this.data.partnerToken.grantRead(role);
    this.data.signingKey.grantRead(role);
    this.data.ledger.grantConnect(role, 'ingest');
    this.data.logGroup.grantWrite(role);

    const { vpc } = this.network;
    const worker = new ec2.Instance(this, 'Worker', {
      vpc,
      // Where the volume of the catalogue is.
      vpcSubnets: { subnets: [vpc.isolatedSubnets[0]] },
      role,
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      httpTokens: ec2.HttpTokens.REQUIRED,
      detailedMonitoring: true,
      ebsOptimized: true,
      allowAllOutbound: false,
      blockDevices: [{
        deviceName: '/dev/xvda',
        volume: ec2.BlockDeviceVolume.ebs(16, {
          volumeType: ec2.EbsDeviceVolumeType.GP3,
          encrypted: true,
          kmsKey: this.keys.data.via(KmsService.EBS),
        }),
      }],
    });
    // Amazon S3 is reached at public addresses, but through its endpoint: there is no other way out.
    worker.connections.allowToAnyIpv4(ec2.Port.HTTPS, 'Objects of the lake');
    this.network.endpoints.forEach((endpoint) => worker.connections.allowToDefaultPort(endpoint));
    worker.connections.allowTo(this.data.ledger, ec2.Port.tcp(LEDGER_PORT), 'Accounts in the ledger');
    new ec2.CfnVolumeAttachment(this, 'CatalogueAttachment', {
      device: '/dev/sdf',
      instanceId: worker.instanceId,
      volumeId: this.data.catalogue.volume.volumeId,
    });
    return worker;
  }

  /** Reads the lake, learns from the queue what is new in it, and asks the warehouse. */
  private analyst(): void {
    const role = this.person('Analyst');
    this.data.lake.grantRead(role);
    this.data.arrivals.grantConsumeMessages(role);
    this.data.warehouse.grantDataApi(role);
  }

  /**
   * Repairs the worker, and administers the keys without using them. Who attaches or starts needs the key as well: Amazon EBS makes its grants with
   * the permissions of its caller. Who may change a key policy could give itself the use, which AWS CloudTrail shows and the rule below tells.
   */
  private operator(worker: ec2.Instance): void {
    const role = this.person('Operator');
    this.data.catalogue.grantAttachVolume(role, [worker]);
    this.data.catalogue.grantDetachVolume(role, [worker]);
    this.data.catalogue.grantStartInstances(role, [worker]);
    role.addToPolicy(new iam.PolicyStatement({
      actions: [
        'kms:CancelKeyDeletion', 'kms:DescribeKey', 'kms:DisableKey', 'kms:EnableKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants',
        'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion',
      ],
      resources: [this.keys.data.keyArn, this.keys.operations.keyArn],
    }));
  }

  /** Sees how the keys are set up and what is granted on them, and uses neither. */
  private auditor(): void {
    this.person('Auditor').addToPolicy(new iam.PolicyStatement({
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants'],
      resources: [this.keys.data.keyArn, this.keys.operations.keyArn],
    }));
  }

  /** The alarm and the rule call AWS KMS by themselves when they publish, with statements of their own in the key policy. */
  private alerts(): void {
    const { alerts, failedArrivals } = this.data;
    this.keys.operations.via(KmsService.CLOUDWATCH_ALARMS);
    alerts.grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
    }));
    failedArrivals.metricApproximateNumberOfMessagesVisible().createAlarm(this, 'FailedArrivals', {
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(alerts));
    // Amazon EventBridge learns of these calls from a trail of management events, which the account has.
    new events.Rule(this, 'KeyInDanger', {
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: ['DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'] },
      },
      targets: [new targets.SnsTopic(alerts)],
    });
  }

  private person(id: string): iam.Role {
    return new iam.Role(this, id, { assumedBy: new iam.AccountPrincipal(this.account) });
  }
}
