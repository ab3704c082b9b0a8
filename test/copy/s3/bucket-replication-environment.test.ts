import { App, Duration, Stack } from 'aws-cdk-lib';
import { EncryptedBucket } from '../../../src';
import { newBucketIn, replicatedBucket } from '../../support/bucket-copies';
import { FLAGS } from '../../support/template-difference';

/** The templates of a source and of its replicas, where partitions are written out. */
function templates(from: string, to: string, flags: keyof typeof FLAGS): string[] {
  const app = new App({ context: FLAGS[flags], analyticsReporting: false });
  const data = new Stack(app, 'Data', { env: { account: '111122223333', region: from } });
  const copy = replicatedBucket(data, 'Invoices', { destination: newBucketIn(to), maxAge: Duration.hours(2) });
  copy.addBatchReplicationRole(new EncryptedBucket(data, 'Reports').bucket);
  const warnings = jest.spyOn(console, 'error').mockImplementation();
  const { stacks } = app.synth();
  warnings.mockRestore();
  return stacks.map(({ template }) => JSON.stringify(template));
}

describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
  test.each([
    ['aws', 'eu-west-2', 'ap-southeast-2'],
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ])('writes ARNs and services of %s', (partition, from, to) => {
    const both = templates(from, to, flags);
    const services = (template: string) => new Set(template.match(/"s3\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com[.a-z]*"/g));

    expect(both).toHaveLength(2);
    both.forEach((template) => {
      const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);
      expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
      // These are the same in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
      expect(template).not.toContain('amazonaws.com.cn');
    });
    const source = both.find((template) => template.includes('ReplicationConfiguration'))!;
    const there = both.find((template) => template !== source)!;
    expect([services(source), services(there)]).toEqual([new Set([from, to].map((region) => `"s3.${region}.amazonaws.com"`)), new Set([`"s3.${to}.amazonaws.com"`])]);
    expect(source).toMatch(/"Service":"s3\.amazonaws\.com".*"Service":"batchoperations\.s3\.amazonaws\.com"/);
  });
});
