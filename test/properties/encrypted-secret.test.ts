import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, KmsService, SecretContent, SecretReplica } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const services = [KmsService.SECRETS_MANAGER];
const arn = (region: string) => `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const KEYS: Record<string, (scope: Construct) => EncryptedSecretProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', arn('eu-west-2'), { services }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', arn('eu-west-2')),
  elsewhere: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', arn('eu-west-3'), { services }),
};
const GRANTEES: Record<string, (scope: Construct) => iam.IGrantable> = {
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  imported: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/reader'),
  immutable: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/reader', { mutable: false }),
  foreign: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::444455556666:role/reader'),
  account: () => new iam.AccountPrincipal('444455556666'),
  arn: () => new iam.ArnPrincipal('arn:aws:iam::111122223333:role/reader'),
  everyone: () => new iam.AnyPrincipal(),
};
const REFERENCE = SecretValue.secretsManager('bank');
const CONTENTS = [
  SecretContent.generated(), SecretContent.generated({ passwordLength: 40, excludeCharacters: '"@/' }),
  SecretContent.generatedField('password', { username: 'billing' }), SecretContent.fromReferences({ token: REFERENCE }, { name: 'bank' }),
];
const WRONG_CONTENTS = [
  SecretContent.generated({ passwordLength: 0 }), SecretContent.generatedField('', {}), SecretContent.fromReferences({}),
  SecretContent.fromReferences({ token: SecretValue.unsafePlainText('hunter2') }),
];

const regions = fc.uniqueArray(fc.constantFrom<string>('eu-west-1', 'eu-west-3', 'us-east-1'));
const shapes = fc.record({
  content: mostly(fc.constantFrom(undefined, ...CONTENTS), fc.constantFrom(...WRONG_CONTENTS)),
  secretName: mostly(orNothing('billing/login', 'a', 'my-secret'), fc.constantFrom('', 'the login', 'a'.repeat(513))),
  removalPolicy: mostly(orNothing(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY), fc.constantFrom(...Object.values(RemovalPolicy))),
  // What the type does not offer, and a variable or another language may bring along.
  smuggled: fc.constantFrom<object>({}, { secretStringValue: SecretValue.unsafePlainText('hunter2') }, { generateSecretString: {} }),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  replicas: mostly<string[]>(regions, fc.array(fc.constantFrom('eu-west-1', 'eu-west-2', 'Ireland'))),
  keysElsewhere: mostly(fc.constant(false), fc.constant(true)),
  grantee: mostly(fc.constantFrom('role', 'imported'), fc.constantFrom(...Object.keys(GRANTEES))),
  verbs: fc.subarray(['grantRead', 'grantWrite'] as const),
  rotated: fc.boolean(),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): { shape: Shape; resources: Record<string, any> } {
  const { Resources } = templateOf((scope) => {
    const { content, secretName, removalPolicy } = shape;
    const replicaRegions = shape.replicas.map((region, index): SecretReplica => ({
      region, encryptionKey: CustomerManagedKey.fromKeyArn(scope, `There${index}`, arn(shape.keysElsewhere ? 'ap-south-1' : region), { services }),
    }));
    const secret = new EncryptedSecret(scope, 'Login', {
      ...shape.smuggled, content, secretName, removalPolicy, replicaRegions, encryptionKey: KEYS[shape.key](scope),
    });
    const grantee = GRANTEES[shape.grantee](scope);
    shape.verbs.forEach((verb) => secret[verb](grantee));
    if (shape.rotated) {
      secret.addRotationSchedule('Rotation', {
        rotationLambda: new lambda.Function(scope, 'Rotate', {
          runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
        }),
      });
    }
  }, shape);
  return { shape, resources: Resources };
}

/** Whatever is asked for, each copy is under its key, no value is in the template, and nobody has a key for more than this secret. */
function assertPromise({ shape, resources }: { shape: Shape; resources: Record<string, any> }): void {
  const { KmsKeyId, ReplicaRegions = [] } = resources.LoginDDE9992A.Properties;
  expect(typeof KmsKeyId === 'string' ? 'AWS::KMS::Key' : resources[KmsKeyId['Fn::GetAtt'][0]].Type).toBe('AWS::KMS::Key');
  expect(ReplicaRegions).toEqual(shape.replicas.map((Region) => ({ Region, KmsKeyId: arn(Region) })));
  expect(JSON.stringify(resources)).not.toContain('hunter2');

  const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  expect(ofType('AWS::SecretsManager::ResourcePolicy').every(({ BlockPublicPolicy }) => BlockPublicPolicy === true)).toBe(true);
  const statements = ofType('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  for (const { Action, Condition, Resource } of statements.filter((statement) => JSON.stringify(statement.Action).includes('kms:'))) {
    expect([KmsKeyId, ...shape.replicas.map(arn)]).toEqual(expect.arrayContaining([Resource].flat()));
    expect(Condition.StringEquals['kms:ViaService']).toContain('secretsmanager.eu-west-2.amazonaws.com');
    expect(Action === 'kms:DescribeKey' || Condition.StringLike['kms:EncryptionContext:SecretARN'].length > 0).toBe(true);
  }
}

test('every secret keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
