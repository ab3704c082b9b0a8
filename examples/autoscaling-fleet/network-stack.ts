import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { KmsService } from 'cdk-kms-patterns';

/** Private subnets in two Availability Zones, without a way to the internet. */
export class NetworkStack extends Stack {
  public readonly network: ec2.Vpc;

  constructor(scope: Construct, id: string, { operations }: KeysStack) {
    super(scope, id, { description: 'The network of the fleet' });
    const logGroup = new logs.LogGroup(this, 'Rejections', {
      encryptionKey: operations.via(KmsService.CLOUDWATCH_LOGS),
      retention: logs.RetentionDays.ONE_YEAR,
    });
    this.network = new ec2.Vpc(this, 'Network', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      flowLogs: {
        Rejected: { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup), trafficType: ec2.FlowLogTrafficType.REJECT },
      },
    });
  }
}
