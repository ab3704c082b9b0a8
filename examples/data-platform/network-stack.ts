import { type Environment, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { KmsService } from 'cdk-kms-patterns';

/** Private, without a way to the internet: AWS is reached through endpoints. */
export class NetworkStack extends Stack {
  public readonly vpc: ec2.Vpc;
  public readonly endpoints: ec2.InterfaceVpcEndpoint[];

  constructor(scope: Construct, id: string, { operations }: KeysStack, env?: Environment) {
    super(scope, id, { env, description: 'The network of the data platform' });
    const flowLogs = new logs.LogGroup(this, 'FlowLogs', {
      encryptionKey: operations.via(KmsService.CLOUDWATCH_LOGS),
      retention: logs.RetentionDays.ONE_YEAR,
    });
    this.vpc = new ec2.Vpc(this, 'Network', {
      // Amazon Redshift wants three for its routing through the network.
      availabilityZones: [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs())),
      natGateways: 0,
      subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      flowLogs: {
        Rejected: { destination: ec2.FlowLogDestination.toCloudWatchLogs(flowLogs), trafficType: ec2.FlowLogTrafficType.REJECT },
      },
    });
    this.endpoints = Object.entries({
      Logs: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
      Parameters: ec2.InterfaceVpcEndpointAwsService.SSM,
      Secrets: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    }).map(([name, service]) => this.vpc.addInterfaceEndpoint(name, { service, open: false }));
  }
}
