import { type App, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { version } from 'aws-cdk-lib/package.json';
import { type IConstruct } from 'constructs';
import { devDependencies } from '../../package.json';
import { type Example, exampleApp, EXAMPLES } from '../support/example-app';
import { nagFindings, nagPacks } from '../support/nag';

interface Acknowledgement {
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}

const minimum = devDependencies['aws-cdk-lib'];
/** Examples run on the minimum; newer versions of aws-cdk-lib know newer runtimes, which it does not have. */
const isOfToday = ({ rule }: { rule: string }) => version === minimum || rule !== 'AwsSolutions-L1';

describe.each(Object.keys(EXAMPLES) as Example[])('%s', (example) => {
  test('has no finding that is not acknowledged', () => {
    expect(nagFindings(exampleApp(example)).filter(isOfToday)).toEqual([]);
  });

  test('a bad bucket in a stack of it is found by each pack', () => {
    const app = exampleApp(example);
    const [stack] = app.node.children.filter((child) => Stack.isStack(child));
    new s3.Bucket(stack, 'Bad');

    const findings = nagFindings(app).filter(isOfToday);

    expect([...new Set(findings.map(({ pack }) => pack))].sort()).toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']);
    expect([...new Set(findings.map(({ path }) => path))]).toEqual([`${stack.node.path}/Bad/Resource`]);
  });

  test('each acknowledgement has a finding at its construct or below', () => {
    const acknowledgements = acknowledgementsOf(exampleApp(example));
    const findings = nagFindings(withoutAcknowledgements(exampleApp(example)));

    const idle = acknowledgements.filter(({ path, rule }) =>
      !findings.some((finding) => finding.rule === rule && (finding.path === path || finding.path.startsWith(`${path}/`))));
    expect(idle).toEqual([]);
  });

  test('each acknowledgement has a sentence as its reason', () => {
    const reasons = acknowledgementsOf(exampleApp(example)).map(({ reason }) => reason);

    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => !/^[A-Z].{20,}\.$/.test(reason))).toEqual([]);
  });
});

function withoutAcknowledgements(app: App): App {
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  for (const { node } of app.node.findAll()) {
    const metadata = node.metadata.filter(({ type }) => type !== key);
    Object.defineProperty(node, 'metadata', { value: metadata });
  }
  return app;
}

function acknowledgementsOf(app: App): Acknowledgement[] {
  return app.node.findAll().flatMap((construct: IConstruct) => construct.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([id, reason]) => ({ path: construct.node.path, rule: id.replace(/^annotation::/i, ''), reason }))
    // AWS CDK acknowledges findings of its own validation.
    .filter(({ rule }) => nagPacks().some(({ name }) => rule.startsWith(`${name}-`))));
}
