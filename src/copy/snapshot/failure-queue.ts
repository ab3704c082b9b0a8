import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { acknowledge } from '../../private/acknowledgement';
import { KmsService } from '../../service/kms-service';

/** What could not be done, for people to look at, and an alarm as long as something is in it. */
export class FailureQueue extends Construct {
  public readonly queue: sqs.Queue;
  public readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, key: ICustomerManagedKey, what: string) {
    super(scope, id);
    const encryptionMasterKey = key.via(KmsService.SQS);
    this.queue = new sqs.Queue(this, 'Default', {
      encryptionMasterKey, enforceSSL: true, retentionPeriod: Duration.days(14), dataKeyReuse: Duration.hours(24),
    });
    // Rules keep here what they could not deliver.
    encryptionMasterKey.grantEncryptDecrypt(new iam.ServicePrincipal('events.amazonaws.com'));
    acknowledge(this.queue, 'It is itself where what failed is kept.', ['AwsSolutions-SQS3']);
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: what,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
