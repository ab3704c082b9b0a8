import { Verdict } from '../../../src/access/decision/decision';
import { withoutLoops } from '../../../src/access/template/for-each';
import { unseenParts } from '../../../src/access/unseen-parts';
import { ask, policy, R, World, worldModel } from '../../support/access-world';
import { allows, DECRYPT, DELEGATED, denies, NAMES_R } from '../golden/statements';

const TRANSFORM = 'AWS::LanguageExtensions';

function loop(collection: unknown, fragment: object, more: object = {}): unknown {
  return withoutLoops({ Transform: TRANSFORM, Resources: { 'Fn::ForEach::Loop': ['Name', collection, fragment] }, ...more }).Resources;
}

describe('a loop is written out', () => {
  test.each<[string, unknown, object, object, object]>([
    ['over a list', ['A', 'B'], { 'R${Name}': { Type: 'T', Properties: { Name: '${Name}-x' } } }, {},
      { RA: { Type: 'T', Properties: { Name: 'A-x' } }, RB: { Type: 'T', Properties: { Name: 'B-x' } } }],
    ['over the default of a parameter', { Ref: 'P' }, { 'R${Name}': { Type: 'T' } }, { Parameters: { P: { Type: 'CommaDelimitedList', Default: 'A, B' } } }, { RA: { Type: 'T' }, RB: { Type: 'T' } }],
    ['over a mapping', { 'Fn::FindInMap': ['M', 'a', 'b'] }, { 'R${Name}': { Type: 'T' } }, { Mappings: { M: { a: { b: ['A'] } } } }, { RA: { Type: 'T' } }],
    ['with names that no logical id has', ['10.0.0.1'], { 'R&{Name}': { Type: 'T', Properties: { Address: '${Name}' } } }, {}, { R10001: { Type: 'T', Properties: { Address: '10.0.0.1' } } }],
    ['with references to its name', ['A'], { 'R${Name}': { Type: 'T', Properties: { A: { Ref: 'Name' }, B: { 'Fn::GetAtt': ['K${Name}', 'Arn'] } } } }, {},
      { RA: { Type: 'T', Properties: { A: 'A', B: { 'Fn::GetAtt': ['KA', 'Arn'] } } } }],
    ['in a loop', ['A'], { 'Fn::ForEach::Inner': ['Other', ['1', '2'], { 'R${Name}${Other}': { Type: 'T' } }] }, {}, { RA1: { Type: 'T' }, RA2: { Type: 'T' } }],
    ['in properties', ['A'], { R: { Type: 'T', Properties: { 'Fn::ForEach::Tags': ['Tag', ['x', 'y'], { '${Tag}': '${Tag}${Name}' }] } } }, {}, { R: { Type: 'T', Properties: { x: 'xA', y: 'yA' } } }],
    ['over nothing', [], { 'R${Name}': { Type: 'T' } }, {}, {}],
  ])('%s', (_, collection, fragment, more, expected) => {
    expect(loop(collection, fragment, more)).toEqual(expected);
  });

  test('only where the template asks for the transform', () => {
    expect(withoutLoops({ Resources: { 'Fn::ForEach::Loop': ['Name', ['A'], {}] } }).Resources).toEqual({ 'Fn::ForEach::Loop': ['Name', ['A'], {}] });
  });
});

describe('what a loop makes over something unknown may be there', () => {
  test.each<[string, unknown, Verdict]>([
    ['a policy that allows', DECRYPT, 'unknown'],
    ['a policy that allows something else', allows('kms:Encrypt'), 'denied'],
    ['a policy on a resource of which a part is unknown', allows('kms:Decrypt', 'arn:aws:kms:*:*:key/${Name}'), 'unknown'],
    ['a policy on a resource of which a part is unknown, of another service', allows('kms:Decrypt', 'arn:aws:s3:::${Name}'), 'denied'],
    ['a policy with a policy variable beside it', allows('kms:Decrypt', '*', { StringEquals: { 'aws:PrincipalArn': ['${Name}', '${aws:username}'] } }), 'unknown'],
  ])('%s: %s', (_, statement, verdict) => {
    const resources = {
      'Fn::ForEach::Loop': ['Name', { Ref: 'Names' }, {
        'Policy${Name}': { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'R', PolicyName: '${Name}', PolicyDocument: policy([statement as never]) } },
      }],
    };
    expect(ask({ keyPolicy: [DELEGATED], transform: [TRANSFORM], parameters: { Names: { Type: 'CommaDelimitedList' } }, resources })).toMatchObject({ verdict });
  });

  test('a policy that denies', () => {
    const resources = { 'Fn::ForEach::Loop': ['Name', { Ref: 'Names' }, { 'P${Name}': { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: '${Name}', PolicyDocument: policy([denies('kms:*')]) } } }] };
    expect(ask({ keyPolicy: [NAMES_R], transform: TRANSFORM, resources }).verdict).toBe('unknown');
  });

  test('the name of the loop in the key of a condition', () => {
    const condition = { StringEquals: { 'aws:PrincipalTag/${Name}': 'x' } };
    const resources = { 'Fn::ForEach::Loop': ['Name', { Ref: 'Names' }, { 'P${Name}': { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'R', PolicyDocument: policy([allows('kms:*', '*', condition)]) } } }] };
    expect(ask({ keyPolicy: [DELEGATED], transform: TRANSFORM, resources }).verdict).toBe('unknown');
  });
});

describe('resources that are not seen', () => {
  const INCLUDE = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/resources.yaml' } } };

  test.each<[string, World, Verdict, string[]]>([
    ['an include among the resources', { resources: INCLUDE }, 'unknown', ['AWS::Include']],
    ['a macro over the template', { transform: ['Company::Tags'] }, 'unknown', ['Company::Tags']],
    ['a macro with parameters', { transform: { Name: 'AWS::Include', Parameters: {} } }, 'unknown', ['AWS::Include']],
    ['functions of AWS SAM, which bring roles of their own', { transform: 'AWS::Serverless-2016-10-31' }, 'denied', ['AWS::Serverless-2016-10-31']],
    ['connectors of AWS SAM, which attach policies to roles', { transform: 'AWS::Serverless-2016-10-31', resources: { C: { Type: 'AWS::Serverless::Connector' } } }, 'unknown', ['AWS::Serverless-2016-10-31']],
    ['a loop over something unknown', { transform: TRANSFORM, resources: { 'Fn::ForEach::Loop': ['Name', { Ref: 'Names' }, { 'B${Name}': { Type: 'AWS::S3::Bucket' } }] } }, 'denied', ['Fn::ForEach::Loop']],
    ['a loop that nobody can read', { resources: { 'Fn::ForEach::Loop': 7 } }, 'unknown', ['Fn::ForEach::Loop']],
    ['no macro and no loop', {}, 'denied', []],
  ])('%s: %s', (_, world, verdict, by) => {
    const model = worldModel({ keyPolicy: [DELEGATED], ...world });
    expect(unseenParts(model)).toEqual(by.map((name) => ({ stack: 'Keys', by: name })));
    expect(model.decide({ principal: R, key: 'K', action: 'kms:Decrypt' })).toMatchObject({ verdict });
  });

  test('a macro may change what the key policy says, an include does not', () => {
    expect(ask({ keyPolicy: [NAMES_R], transform: 'Company::Tags' }, { principal: 'sns.amazonaws.com' })).toMatchObject({
      verdict: 'unknown', because: [{ stack: 'Keys', logicalId: 'K', index: 1 }, 'not known: what statement 1 of Keys/K does, because the macro Company::Tags may change it'],
    });
    expect(ask({ keyPolicy: [NAMES_R], resources: INCLUDE }, { principal: 'sns.amazonaws.com' })).toMatchObject({ verdict: 'denied' });
  });
});
