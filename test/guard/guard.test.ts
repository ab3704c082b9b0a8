import { BAD_RESOURCES } from './bad-resources';
import { EXEMPTIONS } from './exemptions';
import * as library from '../../src';
import { type Template } from '../deploy/template';
import { CONSTRUCTS, constructsApp } from '../support/every-construct';
import { type Example, exampleApp, EXAMPLES, RESTORE, templatesOf } from '../support/example-app';
import { type GuardFinding, guardFindings } from '../support/guard';

const BAD = 'Bad';
/** What a template does not need, and findings are told by. */
const PATHS = { 'aws:cdk:enable-path-metadata': true };

let bad: GuardFinding[];
let found: GuardFinding[];
beforeAll(async () => {
  process.env.CDK_VALIDATION = 'false';
  const examples = (Object.keys(EXAMPLES) as Example[]).map((example) => namedAfter(example, templatesOf(exampleApp(example, PATHS))));
  const restored = namedAfter('restored', templatesOf(exampleApp('disaster-recovery', { ...PATHS, ...RESTORE })));
  const all = await guardFindings(Object.assign({ [BAD]: badTemplate() }, templatesOf(constructsApp(PATHS)), restored, ...examples));
  bad = all.filter(({ path }) => path.startsWith(BAD));
  found = all.filter(({ path }) => !path.startsWith(BAD));
}, 300_000);
afterAll(() => {
  delete process.env.CDK_VALIDATION;
});

/** Stacks of two examples may have one name. */
function namedAfter(example: string, templates: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(templates).map(([stack, template]) => [`${example}-${stack}`, template]));
}

function badTemplate(): Template {
  const resources = Object.entries(BAD_RESOURCES).map(([control, resource]) => [control.replace(/\W/g, ''), { ...resource, Metadata: { 'aws:cdk:path': `${BAD}/${control}` } }]);
  return { Resources: Object.fromEntries(resources) };
}

test.each(Object.keys(BAD_RESOURCES))('%s finds what is not as it must be', (control) => {
  expect(bad).toContainEqual({ control, path: `${BAD}/${control}` });
});

test('nothing is found in our constructs with their defaults, and in the examples, beside the exemptions', () => {
  expect(found.filter(({ control, path }) => !EXEMPTIONS.some((exemption) => exemption.control === control && exemption.at.test(path)))).toEqual([]);
});

test('each exemption is needed', () => {
  expect(EXEMPTIONS.filter(({ control, at }) => !found.some((finding) => finding.control === control && at.test(finding.path)))).toEqual([]);
});

test('each exemption has a sentence as its reason', () => {
  expect(EXEMPTIONS.filter(({ reason }) => !/^[A-Z].{20,}\.$/.test(reason))).toEqual([]);
});

test('controls over encryption have exemptions for the buckets of logs, which are encrypted by Amazon S3, and a restored instance, which has the key of its snapshot', () => {
  const exempted = found.filter(({ control }) => control in BAD_RESOURCES);
  const others = exempted.filter(({ control, path }) => control !== 'CT.S3.PR.10' || !/\/(AccessLogs|AuditLogs)$/.test(path));

  expect(exempted.length).toBeGreaterThan(others.length);
  expect(others).toEqual(['CT.RDS.PR.24', 'CT.RDS.PR.30'].map((control) => ({ control, path: 'RecoveryData/Ledger' })));
});

test('every construct of ours is held against the controls', () => {
  const exported = Object.entries(library).filter(([, value]) => 'PROPERTY_INJECTION_ID' in value).map(([name]) => name);

  expect(Object.keys(CONSTRUCTS)).toEqual(exported.sort());
});
