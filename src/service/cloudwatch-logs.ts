import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

export const CLOUDWATCH_LOGS: KmsServiceFacts = {
  name: 'Amazon CloudWatch Logs',
  viaServices: ['logs'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  servicePrincipals: [{
    servicePrincipal: 'logs.{region}.{urlSuffix}',
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    describesKey: true,
    sourceAccount: FactConfidence.UNKNOWN,
    // Without the `:*` that ends the ARN of a log group elsewhere.
    encryptionContext: { 'aws:logs:arn': 'arn:{partition}:logs:{region}:{account}:log-group:*' },
  }],
  deployActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  encryptionContexts: [
    { key: 'aws:logs:arn', value: 'arn:{partition}:logs:{region}:{account}:log-group:NAME', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::Logs::LogGroup', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'The page asks for the actions in every role that calls CloudWatch Logs, without saying which calls fail without them; '
    + 'callers and the execution role get all of them.',
    'The page prints the service principal of the commercial Regions only; in the China Regions it ends in `.amazonaws.com.cn` here, as in AWS CDK.',
    'No page says whether CloudWatch Logs sends `aws:SourceAccount`; it is demanded where it is sent.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudWatchLogsAPIKeyAccess.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html',
  ],
};
