import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { SecureStringFunction } from './secure-string-function';

const ID = 'SecureStringWriter';
const TIME = Duration.minutes(5);

/**
 * The function that writes the SecureString parameters of a stack. It answers CloudFormation by itself: the provider framework of AWS CDK would put
 * a second function before it, which logs each event and may call every version of it.
 *
 * Its own role can write its log and nothing else: for each parameter it takes on the role of that parameter.
 */
export class SecureStringWriter extends Construct {
  /** The one of the stack that a construct is in. */
  public static of(scope: IConstruct): SecureStringWriter {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as SecureStringWriter | undefined ?? new SecureStringWriter(stack);
  }

  public readonly serviceToken: string;
  public readonly role: iam.Role;
  /** When CloudFormation gives up waiting: AWS Lambda runs the function three times at most, a minute and two minutes after it failed. */
  public readonly serviceTimeout = TIME.plus(TIME).plus(TIME).plus(Duration.minutes(5));

  private constructor(stack: Stack) {
    super(stack, ID);
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
    logGroup.grantWrite(this.role);
    const writer = new SecureStringFunction(this, 'Function', {
      description: 'Writes the SecureString parameters of a stack',
      role: this.role,
      logGroup,
      timeout: TIME,
      memorySize: 256,
    });
    this.serviceToken = writer.functionArn;
    acknowledge(this.role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
    acknowledge(logGroup, 'The log names parameters and what became of them, and holds no value.', inPacks('CloudWatchLogGroupEncrypted'));
    acknowledge(writer, 'CloudFormation is told of every failure and waits no longer than the service timeout: a queue would keep links to answer it with.',
      ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ']);
    acknowledge(writer, 'Reserved concurrency would be taken from the account, which may have ten to share out.',
      ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency']);
    acknowledge(writer, 'CloudFormation alone calls it, and it calls AWS alone.', inPacks('LambdaInsideVPC'));
  }
}

/** In the packs of cdk-nag that have a rule of this name. */
export function inPacks(rule: string): string[] {
  return ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-${rule}`);
}

export function acknowledge(construct: IConstruct, reason: string, ids: string[]): void {
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
}
