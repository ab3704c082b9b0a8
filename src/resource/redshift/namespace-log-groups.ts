import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

/** The logs of a namespace. */
export const LOG_EXPORTS = ['connectionlog', 'useractivitylog', 'userlog'];

interface NamespaceLogs {
  readonly namespaceName: string;
  readonly cloudwatchLogsRetention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly key: ICustomerManagedKey;
}

/**
 * The log groups that a namespace exports to, by log. Amazon Redshift takes those that are there, and makes others without a key of ours.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-audit-logging.html
 */
export function namespaceLogGroups(warehouse: Construct, exported: NamespaceLogs): { [log: string]: logs.LogGroup } {
  const { namespaceName, cloudwatchLogsRetention, removalPolicy, key } = exported;
  return Object.fromEntries(LOG_EXPORTS.map((log) => [log, new logs.LogGroup(warehouse, `LogGroup-${log}`, {
    logGroupName: `/aws/redshift/${namespaceName}/${log}`,
    encryptionKey: key.via(KmsService.CLOUDWATCH_LOGS),
    retention: cloudwatchLogsRetention ?? logs.RetentionDays.TWO_YEARS,
    removalPolicy: removalPolicy === RemovalPolicy.DESTROY ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  })]));
}
