import * as fc from 'fast-check';
import { AccessModel, AccessRequest } from '../../../src/access/access-model';
import { Decision, Verdict } from '../../../src/access/decision/decision';
import { readTemplate } from '../../../src/access/template/template';
import { app, KEYS, PEOPLE, RawTemplate } from '../../support/arbitrary-app';
import { JsonPath, placesIn, withUnknowns, withValueAt } from '../../support/damage';
import { via } from '../golden/statements';

/** How many times as many apps as in CI: `DAMAGE=40 npx jest test/access/template/damage --testTimeout=1000000`. */
const TIMES = Number(process.env.DAMAGE ?? 1);
const RUNS = { numRuns: 80 * TIMES, seed: 11 };
const CONTEXTS: AccessRequest['context'][] = [{}, { 'kms:ViaService': via('s3') }, { 'kms:EncryptionContext:a': '1', 'aws:PrincipalTag/team': '1' }];
const QUESTIONS: readonly AccessRequest[] = [...PEOPLE, '111122223333'].flatMap((principal) => KEYS.flatMap((key) => [
  { principal, key, action: 'kms:Decrypt' },
  ...CONTEXTS.map((context) => ({ principal, key, action: 'kms:Decrypt', context, complete: true })),
]));

function decisions(templates: readonly RawTemplate[]): Decision[] {
  const model = new AccessModel(templates.map(({ stackName, deployment, body }) => readTemplate(stackName, deployment, body)));
  return QUESTIONS.map((question) => model.decide(question));
}

function verdicts(templates: readonly RawTemplate[]): Verdict[] {
  return decisions(templates).map(({ verdict }) => verdict);
}

/** The verdicts, but those from before where now it is not known, or depends on what is not known. */
function knownVerdicts(templates: readonly RawTemplate[], before: readonly Verdict[]): Verdict[] {
  return decisions(templates).map(({ verdict, conditions }, i) =>
    verdict === 'unknown' || (verdict === 'conditional' && JSON.stringify(conditions).includes('<')) ? before[i] : verdict);
}

/** Some places of an app, drawn by their numbers. */
const places = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });

type Visit = (path: JsonPath, number: number) => void;

function eachPlace(templates: readonly RawTemplate[], numbers: readonly number[], visit: Visit, where = (_: JsonPath) => true): void {
  const all = placesIn(templates).filter(where);
  numbers.forEach((number) => visit(all[number % all.length], number));
}

/** A question leaves tags open that no template gives, and then a verdict may depend on them. */
function isNotOfTags(path: JsonPath): boolean {
  return !path.includes('Tags') || path.at(-1) === 'Value';
}

const UNKNOWN = [{ 'Fn::ImportValue': 'NobodyExportsThis' }, { Ref: 'Given' }, { 'Fn::GetAtt': ['Custom', 'Value'] }, { 'Fn::Transform': { Name: 'Macro' } }];
const OTHER = [{ Ref: 'AWS::NoValue' }, 'x', '*', [], { AWS: '*' }, 'kms:*', 'Deny', UNKNOWN[0]];

test('what is not known leaves a verdict as it is, or makes it unknown', () => {
  fc.assert(fc.property(app, places, (drawn, numbers) => {
    const templates = withUnknowns(drawn);
    const before = verdicts(templates);
    eachPlace(templates, numbers, (path, number) => {
      const damaged = withValueAt(templates, path, () => UNKNOWN[number % UNKNOWN.length]);
      expect({ path, verdicts: knownVerdicts(damaged, before) }).toEqual({ path, verdicts: before });
    }, isNotOfTags);
  }), RUNS);
});

test('what stands in one branch only leaves a verdict as it is, or makes it unknown', () => {
  fc.assert(fc.property(app, places, (drawn, numbers) => {
    const templates = withUnknowns(drawn);
    const before = verdicts(templates);
    eachPlace(templates, numbers, (path, number) => {
      const other = OTHER[number % OTHER.length];
      const damaged = withValueAt(templates, path, (value) => ({ 'Fn::If': ['Maybe', ...number % 3 === 0 ? [other, value] : [value, other]] }));
      expect({ path, verdicts: knownVerdicts(damaged, before) }).toEqual({ path, verdicts: before });
    }, isNotOfTags);
  }), RUNS);
});

test('a policy that is not there in every case leaves a verdict as it is, or makes it unknown', () => {
  const policies = ['Shared', 'OfNamed', 'OfPerson', 'Team', 'Limit'];
  fc.assert(fc.property(app, fc.subarray(policies, { minLength: 1 }), (drawn, chosen) => {
    const templates = withUnknowns(drawn);
    const before = verdicts(templates);
    const damaged = chosen.reduce((all, id) => all.map((template) => id in template.body.Resources
      ? withValueAt(template, ['body', 'Resources', id, 'Condition'], () => 'Maybe') : template), templates);
    expect(knownVerdicts(damaged, before)).toEqual(before);
  }), RUNS);
});

test('functions that come to the same value leave a verdict as it is', () => {
  const same: ((value: unknown) => unknown)[] = [
    (value) => ({ 'Fn::If': ['Yes', value, 'x'] }),
    (value) => ({ 'Fn::If': ['No', 'x', value] }),
    (value) => typeof value === 'string' && !value.includes('$') ? { 'Fn::Sub': value } : value,
    (value) => typeof value === 'string' ? { 'Fn::Join': ['', [value.slice(0, 2), value.slice(2)]] } : value,
    (value) => typeof value === 'string' ? { 'Fn::Select': [1, ['x', value]] } : value,
  ];
  // CloudFormation takes no functions in these.
  const isPlain = (path: JsonPath) => path.some((name) => name === 'Ref' || name === 'Fn::GetAtt' || name === 'Fn::Sub');
  fc.assert(fc.property(app, places, (drawn, numbers) => {
    const templates = withUnknowns(drawn);
    const before = verdicts(templates);
    eachPlace(templates, numbers, (path, number) => {
      expect({ path, verdicts: verdicts(withValueAt(templates, path, same[number % same.length])) }).toEqual({ path, verdicts: before });
    }, (path) => !isPlain(path));
  }), RUNS);
});
