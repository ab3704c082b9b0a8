import { KmsService } from '../../src/service/kms-service';
import { serviceTable } from '../../src/service/service-table';

const lines = serviceTable().split('\n');
const rows = lines.filter((line) => line.startsWith('| ')).slice(2);

test('every service has a row with the name to hand the key over with', () => {
  expect(rows.map((row) => row.split(' | ')[1])).toEqual(KmsService.all().map((service) => {
    const [name] = Object.entries(KmsService).find(([, value]) => value === service)!;
    return `\`KmsService.${name}\``;
  }));
});

test('every row has as many cells as the header', () => {
  expect(new Set(lines.filter((line) => line.startsWith('|')).map((line) => line.split(' | ').length))).toEqual(new Set([7]));
});

test('says what callers, grants, deployment and another key come to', () => {
  expect(rows.find((row) => row.includes('KmsService.RDS`'))).toBe(
    '| Amazon RDS † | `KmsService.RDS` | Decrypt, DescribeKey, GenerateDataKey through `rds` | yes | – | CreateGrant, DescribeKey '
    + '| `AWS::RDS::DBCluster` KmsKeyId: replaced<br>`AWS::RDS::DBCluster` PerformanceInsightsKmsKeyId: in place'
    + '<br>`AWS::RDS::DBInstance` KmsKeyId: replaced<br>`AWS::RDS::DBInstance` PerformanceInsightsKMSKeyId: replaced |',
  );
});

test('says who calls by itself, and marks what is unconfirmed', () => {
  expect(rows.find((row) => row.includes('KmsService.SQS`'))).toContain(
    'where wired `events.amazonaws.com` †, `s3.amazonaws.com` †, `sns.amazonaws.com` †: Decrypt, GenerateDataKey |');
  expect(rows.find((row) => row.includes('KmsService.EC2_AUTO_SCALING`'))).toContain(
    '`AWSServiceRoleForAutoScaling`: Decrypt, DescribeKey, Encrypt, GenerateDataKey\\*, ReEncrypt\\*, grants');
});

test('says through which further service a deployment goes', () => {
  expect(rows.find((row) => row.includes('KmsService.LAMBDA`'))).toContain(
    '| CreateGrant, Decrypt, DescribeKey, Encrypt, GenerateDataKey, also through `cloudformation` |');
});

test('every unconfirmed sentence stands below the table', () => {
  const sentences = KmsService.all().flatMap(({ facts }) => (facts.unconfirmed ?? []).map((sentence) => `- ${facts.name}: ${sentence}`));
  expect(lines.filter((line) => line.startsWith('- '))).toEqual(sentences);
});
