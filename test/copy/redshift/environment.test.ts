import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnapshotDestination } from '../../../src';
import { FLAGS } from '../../support/template-difference';
import { clusterIn, copied, copiedServerless, namespaceIn } from '../../support/warehouse-copies';

/** The templates of a source and of its copies, where partitions are written out. */
function templates(from: string, to: string, flags: keyof typeof FLAGS, serverless: boolean): string[] {
  const app = new App({ context: FLAGS[flags], analyticsReporting: false });
  const data = new Stack(app, 'Data', { env: { account: '111122223333', region: from } });
  const destination = SnapshotDestination.inRegion(to);
  if (serverless) {
    copiedServerless(namespaceIn(data), { destination, maxAge: Duration.hours(2) });
  } else {
    copied(clusterIn(data), { destination });
  }
  const warnings = jest.spyOn(console, 'error').mockImplementation();
  const { stacks } = app.synth();
  warnings.mockRestore();
  return stacks.map(({ template }) => JSON.stringify(template));
}

describe.each([['a cluster', false], ['a namespace', true]])('of %s', (_what, serverless) => {
  describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
    test.each([
      ['aws', 'eu-west-2', 'ap-southeast-2'],
      ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
      ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
    ])('writes ARNs of %s', (partition, from, to) => {
      const both = templates(from, to, flags, serverless);

      expect(both).toHaveLength(2);
      both.forEach((template) => {
        const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);
        expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
        // These end in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
        const via = [...template.matchAll(/"redshift[a-z-]*\.([a-z]+(-[a-z]+)+-\d)(\.amazonaws\.com[.a-z]*)"/g)];
        expect(new Set(via.map(([, , , suffix]) => suffix))).toEqual(new Set(['.amazonaws.com']));
        expect(via.map(([, region]) => region)).toContain(to);
      });
    });
  });
});
