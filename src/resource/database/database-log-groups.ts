import { Annotations, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

interface ExportedLogs {
  readonly kind: 'instance' | 'cluster';
  readonly identifier?: string;
  readonly cloudwatchLogsExports?: string[];
  readonly cloudwatchLogsRetention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly key: ICustomerManagedKey;
}

/**
 * The log groups that a database exports to, by log. Amazon RDS takes those that are there, and makes others without a key of ours.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/5348 with the answer of AWS Support
 */
export function databaseLogGroups(database: Construct, exported: ExportedLogs): { [log: string]: logs.LogGroup } {
  const { kind, identifier, cloudwatchLogsExports = [], cloudwatchLogsRetention, removalPolicy, key } = exported;
  if (identifier === undefined) {
    if (cloudwatchLogsExports.length > 0) {
      Annotations.of(database).addWarningV2('cdk-kms-patterns:logsNotUnderKey',
        `The exported logs are not encrypted under a key of yours, given: ${cloudwatchLogsExports.join(', ')} without ${kind}Identifier. Amazon RDS names their `
        + `log groups by the identifier: give one to a new database, and their log groups are made beforehand under the key. To name an existing ${kind} would replace it.`);
    }
    return {};
  }
  // Amazon RDS keeps identifiers in lower case.
  const name = Token.isUnresolved(identifier) ? identifier : identifier.toLowerCase();
  return Object.fromEntries(cloudwatchLogsExports.map((log) => [log, new logs.LogGroup(database, `LogGroup-${log}`, {
    logGroupName: `/aws/rds/${kind}/${name}/${log}`,
    encryptionKey: key.via(KmsService.CLOUDWATCH_LOGS),
    retention: cloudwatchLogsRetention ?? logs.RetentionDays.TWO_YEARS,
    removalPolicy: removalPolicy === RemovalPolicy.DESTROY ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  })]));
}
