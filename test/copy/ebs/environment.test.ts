import { App, Stack } from 'aws-cdk-lib';
import { SnapshotDestination, SourceKeys } from '../../../src';
import { ebsCopies } from '../../support/snapshot-copies/ebs-copies';
import { FLAGS } from '../../support/template-difference';

describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
  test.each([
    ['aws', 'eu-west-2', 'ap-southeast-2'],
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ])('writes ARNs of %s', (partition, from, to) => {
    const app = new App({ context: FLAGS[flags], analyticsReporting: false });
    const data = new Stack(app, 'Data', { env: { account: '111122223333', region: from } });
    ebsCopies(data, { destination: SnapshotDestination.inRegion(to), sourceKeys: SourceKeys.withAliases('data') });
    const warnings = jest.spyOn(console, 'error').mockImplementation();
    const both = app.synth().stacks.map(({ template }) => JSON.stringify(template));
    warnings.mockRestore();

    both.forEach((template) => {
      const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);
      expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
      expect(template).not.toMatch(/ec2\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com\.cn/);
    });
  });
});
