import * as fc from 'fast-check';
import { AccessModel, AccessRequest } from '../../../src/access/access-model';
import { Decision } from '../../../src/access/decision/decision';
import { readTemplate } from '../../../src/access/template/template';
import { REGION } from '../../support/access-world';
import { app, KEYS, PEOPLE, RawTemplate } from '../../support/arbitrary-app';
import { formerNames, renamed, renamedId, Renaming } from '../../support/renaming';

interface Resource { readonly Properties: Readonly<Record<string, unknown>> }

const RUNS = { numRuns: 300, seed: 4 };
/** Names that begin alike, that objects have, and that mean something elsewhere in a template. */
const NAMES = ['A', 'AA', 'AAA', 'A1', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'Ref', 'Arn', 'Type', 'Resources', 'Worker', 'Reader', 'First', 'Z', 'role', 'key'];

const name = fc.oneof(fc.constantFrom(...NAMES), fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,11}$/));
const names = fc.uniqueArray(name, { minLength: 20, maxLength: 20 });
const context = fc.constantFrom<Record<string, string>>({}, { 'kms:ViaService': `s3.${REGION}.amazonaws.com` }, { 'kms:EncryptionContext:a': '1' }, { 'kms:EncryptionContext:a': '2' });
const question: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constantFrom(...PEOPLE), key: fc.constantFrom(...KEYS), action: fc.constantFrom('kms:Decrypt', 'kms:Encrypt'), context, complete: fc.boolean(),
});

function answer(templates: readonly RawTemplate[], request: AccessRequest): Decision {
  return new AccessModel(templates.map(({ stackName, deployment, body }) => readTemplate(stackName, deployment, body))).decide(request);
}

/** What an answer says, in no order, in the words that a name is told in. */
function said({ verdict, conditions, because }: Decision, told = (text: string) => text): object {
  const sorted = (all: readonly unknown[]) => all.map((one) => told(JSON.stringify(one))).sort();
  return {
    verdict,
    conditions: sorted(conditions.map((one) => sorted(one))),
    because: sorted(because.map((one) => typeof one === 'string' ? one : `${one.stack}/${one.logicalId} ${one.policy} ${one.index}`)),
  };
}

function renamingOf(templates: readonly RawTemplate[], [stacks, ids]: readonly string[][]): Renaming {
  return new Map(templates.map(({ stackName, body }, i) =>
    [stackName, { stack: stacks[i], ids: new Map(Object.keys(body.Resources).map((id, j) => [id, ids[(i * 5 + j) % ids.length]])) }]));
}

test('renaming logical ids and stacks never matters', () => {
  fc.assert(fc.property(app, question, fc.tuple(names, names), (templates, asked, chosen) => {
    const renaming = renamingOf(templates, chosen);
    const [principal, key] = [asked.principal, asked.key].map((id) => renamedId(id, renaming));
    const there = answer(renamed(templates, renaming), { ...asked, principal, key });
    expect(said(there, (text) => formerNames(text, renaming))).toEqual(said(answer(templates, asked)));
  }), RUNS);
});

/** The same templates with other resources. */
function withResources(templates: readonly RawTemplate[], change: (resources: [string, Resource][]) => [string, object][]): RawTemplate[] {
  return templates.map((template) => ({
    ...template,
    body: { ...template.body, Resources: Object.fromEntries(change(Object.entries(template.body.Resources) as [string, Resource][])) },
  }));
}

test('the paths of constructs never matter', () => {
  fc.assert(fc.property(app, question, fc.stringMatching(/^[\w/ -]{0,20}$/), (templates, asked, path) => {
    const withPaths = withResources(templates, (all) => all.map(([id, one]) => [id, { ...one, Metadata: { 'aws:cdk:path': `${path}/${id}` } }]));
    expect(said(answer(withPaths, asked))).toEqual(said(answer(templates, asked)));
  }), RUNS);
});

test('the order of templates, resources, policies and groups never matters', () => {
  const turned = <T>(all: readonly T[], by: number) => {
    const start = by % Math.max(1, all.length);
    return [...all.slice(start), ...all.slice(0, start)].reverse();
  };
  fc.assert(fc.property(app, question, fc.nat({ max: 5 }), (templates, asked, by) => {
    const lists = (properties: Resource['Properties']) => Object.fromEntries(['Policies', 'ManagedPolicyArns', 'Groups']
      .flatMap((list) => Array.isArray(properties[list]) ? [[list, turned(properties[list] as unknown[], by)]] : []));
    const mixed = withResources(turned(templates, by), (all) => turned(all, by)
      .map(([id, one]) => [id, { ...one, Properties: { ...one.Properties, ...lists(one.Properties) } }]));
    expect(said(answer(mixed, asked))).toEqual(said(answer(templates, asked)));
  }), RUNS);
});
