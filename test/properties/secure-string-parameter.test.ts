import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, KmsService, ParameterValue, SecureStringParameter, SecureStringParameterProps } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const arn = (region: string) => `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const CIPHERTEXT = Buffer.from('made beforehand').toString('base64');
const services = [KmsService.PARAMETER_STORE];

const KEYS: Record<string, (scope: Construct) => SecureStringParameterProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', arn('eu-west-2'), { services, actions: ['kms:Decrypt'] }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', arn('eu-west-2')),
  elsewhere: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', arn('eu-west-1'), { services }),
};
const VALUES: Record<string, (scope: Construct) => ParameterValue> = {
  generated: () => ParameterValue.generated(),
  long: () => ParameterValue.generated({ length: 4096, excludeCharacters: '"\\' }),
  copied: (scope) => ParameterValue.fromSecret(secretsmanager.Secret.fromSecretNameV2(scope, 'Bank', 'bank'), 'token'),
  encrypted: (scope) => ParameterValue.fromCiphertext(CIPHERTEXT, CustomerManagedKey.fromKeyArn(scope, 'Old', arn('eu-west-2'), { actions: ['kms:Decrypt'] })),
};
const WRONG_VALUES: Record<string, (scope: Construct) => ParameterValue> = {
  short: () => ParameterValue.generated({ length: 3 }),
  tooLong: () => ParameterValue.generated({ length: 8193 }),
  fractional: () => ParameterValue.generated({ length: 20.5 }),
  empty: () => ParameterValue.generated({ excludeLowercase: true, excludeUppercase: true, excludeNumbers: true, excludePunctuation: true }),
  nameless: (scope) => ParameterValue.fromSecret(secretsmanager.Secret.fromSecretNameV2(scope, 'Bank', 'bank'), ''),
  noBase64: (scope) => ParameterValue.fromCiphertext('hunter2!', CustomerManagedKey.fromKeyArn(scope, 'Old', arn('eu-west-2'), { actions: ['kms:Decrypt'] })),
  keyless: () => ParameterValue.fromCiphertext(CIPHERTEXT),
};
const GRANTEES: Record<string, (scope: Construct) => iam.IGrantable> = {
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  imported: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/reader'),
  foreign: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::444455556666:role/reader'),
  arn: () => new iam.ArnPrincipal('arn:aws:iam::111122223333:role/reader'),
  everyone: () => new iam.AnyPrincipal(),
};

const shapes = fc.record({
  parameterName: mostly(fc.constantFrom('/billing/token', 'token', '/a/b/c/d_e.f-g'), fc.constantFrom('', '/', '/aws/x', 'a/b', 'größe', '/a//b', `/${'a'.repeat(1000)}`)),
  value: mostly(fc.constantFrom(...Object.entries(VALUES)), fc.constantFrom(...Object.entries(WRONG_VALUES))).map(([, make]) => make),
  tier: mostly(orNothing(ssm.ParameterTier.STANDARD, ssm.ParameterTier.ADVANCED), fc.constant(ssm.ParameterTier.INTELLIGENT_TIERING)),
  description: mostly(orNothing('The token'), fc.constant('a'.repeat(1025))),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  grantee: mostly(fc.constantFrom('role', 'imported'), fc.constantFrom(...Object.keys(GRANTEES))),
  verbs: fc.subarray(['grantRead', 'grantWrite'] as const),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): Record<string, any> {
  return templateOf((scope) => {
    const { parameterName, tier, description } = shape;
    const parameter = new SecureStringParameter(scope, 'Token', {
      parameterName, tier, description, value: shape.value(scope), encryptionKey: KEYS[shape.key](scope),
    });
    const grantee = GRANTEES[shape.grantee](scope);
    shape.verbs.forEach((verb) => parameter[verb](grantee));
  }, shape).Resources;
}

/** Whatever is asked for, the value is in no template, and the key is used for this parameter only: by those who are let in, and by its writer. */
function assertPromise(resources: Record<string, any>): void {
  const [{ KeyArn, ParameterArn, ParameterName, Value }] = ofType(resources, 'Custom::SecureStringParameter');
  expect(typeof KeyArn === 'string' ? 'AWS::KMS::Key' : resources[KeyArn['Fn::GetAtt'][0]].Type).toBe('AWS::KMS::Key');
  expect(Object.keys(Value)).toHaveLength(1);
  expect(JSON.stringify(resources)).not.toContain('hunter2');

  for (const { Action, Condition, Resource } of ofType(resources, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement)) {
    const actions: string[] = [Action].flat();
    expect(actions.some((action) => action.includes('*'))).toBe(false);
    if (actions.some((action) => action.startsWith('kms:'))) {
      const contexts = { ...Condition.StringEquals, ...Condition.StringLike };
      expect([contexts['kms:EncryptionContext:PARAMETER_ARN']].flat()).toEqual([ParameterArn]);
    } else if (actions.some((action) => action.startsWith('ssm:'))) {
      expect(textOf(Resource, ParameterName)).toBe(textOf(ParameterArn, ParameterName));
    }
  }
}

/** An ARN, whose last part may be the parameter itself. */
function textOf(arnOrParts: any, name: string): string {
  const parts = arnOrParts['Fn::Join']?.[1] ?? [arnOrParts];
  return parts.map((part: any) => part.Ref === 'AWS::Partition' ? 'aws' : part.Ref ? name : part).join('');
}

function ofType(resources: Record<string, any>, type: string): any[] {
  return Object.values(resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
}

test('every parameter keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
