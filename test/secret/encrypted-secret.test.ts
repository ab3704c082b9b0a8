import { Aspects, IAspect, IPropertyInjector, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, ICustomerManagedKey, KmsService, SecretContent } from '../../src';
import { ACCOUNT, newApp, newStack, OTHER_ACCOUNT } from '../support/key-stack';
import { templateOf } from '../support/template-difference';

const KEY_ARN = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function resources(props: EncryptedSecretProps = {}, then: (secret: EncryptedSecret) => void = () => undefined): Record<string, any> {
  return templateOf((scope) => then(new EncryptedSecret(scope, 'Login', props))).Resources;
}

test('is encrypted under a new key, and both are retained', () => {
  const { LoginDDE9992A: secret, LoginKey05B32AC0: key } = resources();

  expect(secret.Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': ['LoginKey05B32AC0', 'Arn'] });
  expect([secret, key].map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy])).toEqual([
    ['RetainExceptOnCreate', 'Retain'], ['RetainExceptOnCreate', 'Retain'],
  ]);
});

test('is encrypted under a given key', () => {
  const { Resources } = templateOf((scope) => new EncryptedSecret(scope, 'Login', { encryptionKey: new CustomerManagedKey(scope, 'Key') }));

  expect(Resources.LoginDDE9992A.Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': ['Key961B73FD', 'Arn'] });
});

test.each<[string, EncryptedSecretProps, object]>([
  ['the name', { secretName: 'billing/login' }, { Properties: { Name: 'billing/login' } }],
  ['the description', { description: 'The login' }, { Properties: { Description: 'The login' } }],
  ['the removal policy', { removalPolicy: RemovalPolicy.DESTROY }, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }],
])('takes %s that is given', (_property, props, expected) => {
  expect(resources(props).LoginDDE9992A).toMatchObject(expected);
});

test('is given to L2s as the secret inside, which is encrypted under the key', () => {
  const secret = new EncryptedSecret(newStack(), 'Login');

  expect(secret.node.defaultChild).toBe(secret.secret);
  expect(secret.secret.encryptionKey?.keyArn).toBe(secret.encryptionKey.keyArn);
});

test.each([
  ['a letter of another alphabet', 'größe', '\'größe\''],
  ['a space', 'the login', '\'the login\''],
  ['nothing', '', '\'\''],
  ['too much', 'a'.repeat(513), `'${'a'.repeat(100)}…' (513 characters)`],
])('fails for a name of %s', (_what, secretName, given) => {
  expect(() => resources({ secretName })).toThrow(
    `SecretNameInvalid: the name of a secret has up to 512 letters, digits and /_+=.@-, given: ${given}; `
    + 'write such a name, or leave secretName out [at Data/Login]');
});

test('fails for a key of another Region', () => {
  expect(() => templateOf((scope) => new EncryptedSecret(scope, 'Login', {
    encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', KEY_ARN, { services: [KmsService.SECRETS_MANAGER] }),
  }))).toThrow('KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
    + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Login]');
});

test.each<[string, (scope: Construct) => kms.IKey]>([
  ['AWS', (scope) => kms.Alias.fromAliasName(scope, 'Key', 'alias/aws/secretsmanager') as unknown as kms.IKey],
  ['AWS CDK', (scope) => new kms.Key(scope, 'Key')],
])('fails for a key of %s, which other languages let pass', (_whose, key) => {
  expect(() => templateOf((scope) => new EncryptedSecret(scope, 'Login', { encryptionKey: key(scope) as ICustomerManagedKey }))).toThrow(
    'KeyNotCustomerManaged: a key of your own encrypts the secret, given: Data/Key; write a CustomerManagedKey, or import one with '
    + 'CustomerManagedKey.fromKeyArn [at Data/Login]');
});

test('fails for a key of somebody else that does not let in AWS Secrets Manager, with the statement', () => {
  expect(() => templateOf((scope) => new EncryptedSecret(scope, 'Login', {
    encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', KEY_ARN.replace('eu-west-1', 'eu-west-2')),
  }))).toThrow(/^KeyPolicyNotOurs: .*"Sid":"UseThroughSecretsManager".*declare it with services: \[KmsService.SECRETS_MANAGER\] \[at Data\/Key\]/);
});

describe('the resource policy', () => {
  const statement = (props: iam.PolicyStatementProps) =>
    new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: ['*'], ...props });
  const partner = new iam.AccountPrincipal(OTHER_ACCOUNT);

  test('is not there before somebody needs it', () => {
    expect(Object.values(resources()).map(({ Type }) => Type)).not.toContain('AWS::SecretsManager::ResourcePolicy');
  });

  test.each<[string, (secret: EncryptedSecret) => void]>([
    ['of our own', (secret) => secret.addToResourcePolicy(statement({ principals: [partner] }))],
    ['of an L2', (secret) => secret.secret.denyAccountRootDelete()],
    ['of an attachment', ({ secret }) => secret.attach({
      asSecretAttachmentTarget: () => ({ targetId: 'ledger', targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE }),
    }).addToResourcePolicy(statement({ principals: [partner] }))],
  ])('lets AWS Secrets Manager refuse what is public: %s', (_whose, add) => {
    const policies = Object.values(resources({}, add)).filter(({ Type }) => Type === 'AWS::SecretsManager::ResourcePolicy');

    expect(policies.map(({ Properties }) => Properties.BlockPublicPolicy)).toEqual([true]);
  });

  test.each<[string, iam.PolicyStatementProps]>([
    ['an organization', { principals: [new iam.OrganizationPrincipal('o-1234567890')] }],
    ['nobody', { principals: [new iam.AnyPrincipal()], effect: iam.Effect.DENY }],
    ['everyone under a condition', { principals: [new iam.StarPrincipal()], conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }],
  ])('takes a statement for %s', (_who, props) => {
    expect(Object.values(resources({}, (secret) => secret.addToResourcePolicy(statement(props)))).map(({ Type }) => Type))
      .toContain('AWS::SecretsManager::ResourcePolicy');
  });

  test.each<[string, iam.PolicyStatementProps]>([
    ['everyone', { principals: [new iam.StarPrincipal()] }],
    ['every account', { principals: [new iam.AnyPrincipal()] }],
    ['everyone but one', { notPrincipals: [partner] }],
  ])('fails for a statement for %s', (_who, props) => {
    expect(() => resources({}, (secret) => secret.addToResourcePolicy(statement(props)))).toThrow(
      /^SecretPolicyPublic: the resource policy of a secret lets in nobody unknown, given: \{.*\}; name the principals, or add a condition such as aws:PrincipalOrgID \[at Data\/Login\]$/);
  });
});

describe('encryption that is undone', () => {
  function undone(change: (secret: EncryptedSecret) => void, injected?: object, props: EncryptedSecretProps = {}): () => void {
    const propertyInjectors: IPropertyInjector[] = injected ? [{
      constructUniqueId: secretsmanager.Secret.PROPERTY_INJECTION_ID, inject: (given) => ({ ...given, ...injected }),
    }] : [];
    const app = newApp({}, { propertyInjectors });
    const stack = newStack(app, 'Data');
    change(new EncryptedSecret(stack, 'Login', props));
    return () => app.synth();
  }
  const error = (properties: string) => `[Data/Login] EncryptionUndone: a property injector, an aspect or a mixin changed ${properties} of the secret inside; `
    + 'leave this secret out of it, or give what you want to EncryptedSecret';
  const each = (visit: (secret: secretsmanager.CfnSecret) => void): IAspect => ({
    visit: (construct: IConstruct) => construct instanceof secretsmanager.CfnSecret && visit(construct),
  });

  test('is not found where nobody changed anything', () => {
    expect(undone((secret) => secret.grantRead(new iam.AccountPrincipal(ACCOUNT)))).not.toThrow();
  });

  test.each<[string, string, (secret: EncryptedSecret) => void]>([
    ['an aspect takes the key away', 'encryptionKey', (secret) => Aspects.of(secret).add(each((resource) => {
      resource.kmsKeyId = undefined;
    }))],
    ['an aspect adds a replica under the key of AWS', 'replicaRegions', (secret) => Aspects.of(secret).add(each((resource) => {
      resource.replicaRegions = [{ region: 'eu-west-1' }];
    }))],
    ['an L2 adds a replica under the key of AWS', 'replicaRegions', ({ secret }) => secret.addReplicaRegion('eu-west-1')],
    ['an aspect gives a value', 'content', (secret) => Aspects.of(secret).add(each((resource) => {
      resource.secretString = 'hunter2';
    }))],
    ['an aspect opens the resource policy', 'blockPublicPolicy', (secret) => {
      secret.secret.denyAccountRootDelete();
      Aspects.of(secret).add({
        visit: (construct) => {
          if (construct instanceof secretsmanager.CfnResourcePolicy) {
            construct.blockPublicPolicy = false;
          }
        },
      });
    }],
  ])('fails where %s', (_who, properties, change) => {
    expect(undone(change)).toThrow(error(properties));
  });

  test.each<[string, object]>([
    ['encryptionKey', { encryptionKey: undefined }],
    ['replicaRegions', { replicaRegions: [{ region: 'eu-west-1' }] }],
    ['content', { generateSecretString: { passwordLength: 1 } }],
  ])('fails where a property injector changes %s', (properties, injected) => {
    expect(undone(() => undefined, injected)).toThrow(error(properties));
  });

  test('is not found in a content of references', () => {
    const content = SecretContent.fromReferences({ password: secretsmanager.Secret.fromSecretNameV2(newStack(), 'Bank', 'bank').secretValue });

    expect(undone(() => undefined, undefined, { content })).not.toThrow();
  });
});

test('property injectors give what nobody gave', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: EncryptedSecret.PROPERTY_INJECTION_ID, inject: (props) => ({ removalPolicy: RemovalPolicy.DESTROY, ...props }),
  };
  const app = newApp({}, { propertyInjectors: [injector] });
  new EncryptedSecret(new Stack(app, 'Data'), 'Login');

  expect(app.synth().getStackByName('Data').template.Resources.LoginDDE9992A.DeletionPolicy).toBe('Delete');
});
