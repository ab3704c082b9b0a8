import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, KmsService, SecretContent } from '../../src';
import { changedProperties, Place, templateDifference, templateOf } from '../support/template-difference';

type Grants = Pick<secretsmanager.Secret, 'grantRead' | 'grantWrite'>;
type Plain = Omit<secretsmanager.SecretProps, 'encryptionKey'>;
type Shape = Omit<EncryptedSecretProps, 'encryptionKey'>;

const COPIED = SecretValue.secretsManager('bank', { jsonField: 'password' });
const SHAPES: [string, Plain, Shape][] = [
  ['generated', {}, {}],
  ['generated with options', { generateSecretString: { passwordLength: 40, excludePunctuation: true } },
    { content: SecretContent.generated({ passwordLength: 40, excludePunctuation: true }) }],
  ['with a generated field', { generateSecretString: { secretStringTemplate: '{"username":"billing"}', generateStringKey: 'password', includeSpace: true } },
    { content: SecretContent.generatedField('password', { username: 'billing' }, { includeSpace: true }) }],
  ['of references', { secretObjectValue: { password: COPIED, username: SecretValue.unsafePlainText('billing') } },
    { content: SecretContent.fromReferences({ password: COPIED }, { username: 'billing' }) }],
  ['with a name', { secretName: 'billing/login', description: 'The login' }, { secretName: 'billing/login', description: 'The login' }],
  ['deleted with the stack', { removalPolicy: RemovalPolicy.DESTROY }, { removalPolicy: RemovalPolicy.DESTROY }],
];
const PLACES: [string, Place][] = [
  ['with the recommended feature flags', { flags: 'recommended' }],
  ['without feature flags', { flags: 'none' }],
  ['in a nested stack', { nested: true }],
];
const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
const EQUAL = { added: {}, removed: {}, changed: {} };

function plain(shape: Plain, place: Place = {}, then: (secret: Grants, scope: Construct) => void = () => undefined) {
  return templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key').via(KmsService.SECRETS_MANAGER);
    then(new secretsmanager.Secret(scope, 'Login', { encryptionKey, removalPolicy: KEPT, ...shape }), scope);
  }, place);
}
function ours(shape: Shape, place: Place = {}, then: (secret: Grants, scope: Construct) => void = () => undefined) {
  return templateOf((scope) => then(new EncryptedSecret(scope, 'Login', { encryptionKey: new CustomerManagedKey(scope, 'Key'), ...shape }), scope), place);
}

describe.each(PLACES)('%s', (_place, place) => {
  test.each(SHAPES)('equals a secretsmanager.Secret under the same key: %s', (_shape, theirs, shape) => {
    expect(templateDifference(plain(theirs, place), ours(shape, place))).toEqual(EQUAL);
  });
});

test('is retained by itself, which secretsmanager.Secret is not: CloudFormation deletes without a recovery window', () => {
  expect(templateDifference(plain({ removalPolicy: undefined }), ours({}))).toEqual({
    ...EQUAL,
    changed: {
      'Resources.LoginDDE9992A.DeletionPolicy': { from: 'Delete', to: 'RetainExceptOnCreate' },
      'Resources.LoginDDE9992A.UpdateReplacePolicy': { from: 'Delete', to: 'Retain' },
    },
  });
});

test('takes the place of a secret under the key of AWS: only its key changes, which encrypts it again', () => {
  const before = templateOf((scope) => new secretsmanager.Secret(scope, 'Login'));
  const after = templateOf((scope) => new EncryptedSecret(scope, 'Login'));

  expect(changedProperties(before, after)).toEqual(['AWS::SecretsManager::Secret.KmsKeyId']);
});

const VIA = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-2.amazonaws.com' } };
const ONLY = { ...VIA, StringLike: { 'kms:EncryptionContext:SecretARN': [{ Ref: 'LoginDDE9992A' }] } };
const Resource = { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] };
const allow = (Action: string | string[], Condition: object) => ({ Action, Condition, Effect: 'Allow', Resource });

test.each<[string, (secret: Grants, grantee: iam.Role) => void, object[], object[]]>([
  ['read', (secret, grantee) => secret.grantRead(grantee), [allow('kms:Decrypt', VIA)], [allow('kms:Decrypt', ONLY)]],
  ['write', (secret, grantee) => secret.grantWrite(grantee), [allow(['kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'], VIA)],
    // AWS Secrets Manager decrypts too where it changes a value.
    [allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], ONLY), allow('kms:DescribeKey', VIA)]],
])('grants to %s what secretsmanager.Secret grants, with the key for this secret only', (_verb, grant, theirs, own) => {
  const then = (secret: Grants, scope: Construct) => grant(secret, new iam.Role(scope, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
  const [before, after] = [plain({}, {}, then), ours({}, {}, then)].map((template) => {
    const { Statement } = template.Resources.ReaderDefaultPolicy151F3818.Properties.PolicyDocument;
    const [onKey, others] = [true, false].map((kms) => Statement.filter((statement: any) => [statement.Action].flat()[0].startsWith('kms:') === kms));
    delete template.Resources.ReaderDefaultPolicy151F3818;
    return { onKey, others: [...others, template] };
  });

  expect(after.others).toEqual(before.others);
  expect(before.onKey).toEqual(theirs);
  expect(after.onKey).toEqual(own);
});
