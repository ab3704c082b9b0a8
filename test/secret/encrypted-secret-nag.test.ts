import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CustomerManagedKey, EncryptedSecret, EncryptedSecretProps, KmsService, SecretContent } from '../../src';
import { nagFindings } from '../support/nag';

const THERE = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function rotatedIn(stack: Stack, id: string, props: EncryptedSecretProps = {}): void {
  const secret = new EncryptedSecret(stack, id, props);
  const code = lambda.Code.fromInline('exports.handler = async () => {}');
  const rotationLambda = new lambda.Function(stack, `Rotate${id}`, { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code });
  secret.addRotationSchedule('Rotation', { rotationLambda });
  secret.grantRead(new iam.AccountPrincipal('444455556666'));
}

/** What is found of the secrets, their keys and policies; the functions are the user's. */
function findings(build: (stack: Stack) => void) {
  return nagFindings(build).filter(({ path }) => !path.startsWith('Nag/Rotate'));
}

test('nothing is found in secrets that are rotated', () => {
  expect(findings((stack) => {
    rotatedIn(stack, 'Generated');
    rotatedIn(stack, 'Login', { content: SecretContent.generatedField('password', { username: 'billing' }), secretName: 'login' });
  })).toEqual([]);
});

test('nothing is found in a secret with a replica', () => {
  expect(findings((stack) => {
    const there = new Stack(stack.node.scope!, 'There', { env: { account: '111122223333', region: 'eu-west-2' } });
    const encryptionKey = CustomerManagedKey.fromKeyArn(there, 'KeyThere', THERE, { services: [KmsService.SECRETS_MANAGER] });
    rotatedIn(there, 'Login', { replicaRegions: [{ region: 'eu-west-1', encryptionKey }] });
  }).filter(({ path }) => !path.startsWith('There/Rotate'))).toEqual([]);
});

test('whoever does not rotate a secret is told, and nothing else', () => {
  expect(findings((stack) => new EncryptedSecret(stack, 'Token')).map(({ rule, path }) => `${rule} ${path}`).sort()).toEqual([
    'AwsSolutions-SMG4 Nag/Token/Default/Resource',
    'HIPAA.Security-SecretsManagerRotationEnabled Nag/Token/Default/Resource',
    'NIST.800.53.R5-SecretsManagerRotationEnabled Nag/Token/Default/Resource',
  ]);
});
