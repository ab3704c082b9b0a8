import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnapshotDestination } from '../../src';
import { ledgerIn, replicated } from '../support/copies';
import { FLAGS } from '../support/template-difference';

/** The templates of a source and of its copies, where partitions are written out. */
function templates(from: string, to: string, flags: keyof typeof FLAGS): string[] {
  const app = new App({ context: FLAGS[flags], analyticsReporting: false });
  replicated(ledgerIn(new Stack(app, 'Data', { env: { account: '111122223333', region: from } })), SnapshotDestination.inRegion(to), { maxAge: Duration.hours(2) });
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
  ])('writes ARNs of %s', (partition, from, to) => {
    const both = templates(from, to, flags);

    expect(both).toHaveLength(2);
    both.forEach((template) => {
      const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);
      expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
      // These end in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
      expect(new Set(template.match(/rds\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com[.a-z]*/g))).toEqual(new Set([from, to].map((region) => `rds.${region}.amazonaws.com`)));
    });
  });
});
