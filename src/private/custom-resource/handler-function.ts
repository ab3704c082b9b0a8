import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge, inPacks } from '../acknowledgement';

const TIME = Duration.minutes(5);

/** The function of custom resources, as projen generates its class. */
type FunctionClass = new (scope: Construct, id: string, props: lambda.FunctionOptions) => lambda.Function;

/**
 * The function of custom resources. It answers CloudFormation by itself: the provider framework of AWS CDK would put a second function before it,
 * which logs each event and may call every version of it.
 */
export class HandlerFunction {
  public readonly handler: lambda.Function;
  public readonly serviceToken: string;
  /** It can write the log of the function. */
  public readonly role: iam.Role;
  /** When CloudFormation gives up waiting: AWS Lambda runs the function three times at most, a minute and two minutes after it failed. */
  public readonly serviceTimeout = TIME.plus(TIME).plus(TIME).plus(Duration.minutes(5));

  /** @param log what the log holds, for those who audit it */
  constructor(scope: Construct, Function: FunctionClass, description: string, log: string) {
    this.role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new logs.LogGroup(scope, 'Logs', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
    logGroup.grantWrite(this.role);
    this.handler = new Function(scope, 'Function', { description, role: this.role, logGroup, timeout: TIME, memorySize: 256 });
    this.serviceToken = this.handler.functionArn;
    acknowledge(this.role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
    acknowledge(logGroup, log, inPacks('CloudWatchLogGroupEncrypted'));
    acknowledge(this.handler, 'CloudFormation is told of every failure and waits no longer than the service timeout: a queue would keep links to answer it with.',
      ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ']);
    acknowledge(this.handler, 'Reserved concurrency would be taken from the account, which may have ten to share out.',
      ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency']);
    acknowledge(this.handler, 'CloudFormation alone calls it, and it calls AWS alone.', inPacks('LambdaInsideVPC'));
  }
}
