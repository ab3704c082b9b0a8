import { App, Stack, Validations } from 'aws-cdk-lib';
import { EncryptedBucket } from '../../../src';
import { replicatedBucket } from '../../support/bucket-copies';
import { NAG_CONTEXT, nagFindings, nagPacks } from '../../support/nag';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

test('what is left to find is objects by their prefix, an alarm without an action, and buckets that are replicated no further', () => {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  const data = new Stack(app, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } });
  const reports = new EncryptedBucket(data, 'Reports');
  const source = new EncryptedBucket(data, 'Invoices');
  const copy = replicatedBucket(data, 'Invoices', { source });
  copy.addBatchReplicationRole(reports.bucket);
  const found = nagFindings(app).filter(({ path }) => !path.startsWith('Data/Reports/') && !path.includes('/AccessLogs/'));
  const rules = (part: string) => [...new Set(found.filter(({ path }) => path.includes(part)).map(({ rule }) => rule.replace(/\[(Action|Resource)::.*/s, ' $1')))].sort();

  expect(rules('Data/Invoices/Replication/')).toEqual(['AwsSolutions-IAM5 Resource']);
  // AWS CDK's own grants of the bucket for reports.
  expect(rules('Data/InvoicesCopies/BatchRole/')).toEqual(['AwsSolutions-IAM5 Action', 'AwsSolutions-IAM5 Resource']);
  expect(rules('Data/InvoicesCopies/Failures/')).toEqual(['HIPAA.Security-CloudWatchAlarmAction', 'NIST.800.53.R5-CloudWatchAlarmAction']);
  expect(rules('Data-copies-ap-southeast-2/')).toEqual(PACKS.map((pack) => `${pack}-S3BucketReplicationEnabled`));
  expect(rules('Data/Invoices/Default/')).toEqual([]);
  expect(found.filter(({ path }) => !/Replication|InvoicesCopies/.test(path))).toEqual([]);
});
