import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CustomerManagedKey, ParameterValue, SecureStringParameter } from '../../src';
import { nagFindings } from '../support/nag';

test('nothing is found in SecureString parameters of any kind', () => {
  expect(nagFindings((stack) => {
    const encryptionKey = new CustomerManagedKey(stack, 'Key');
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'bank');
    const values = {
      generated: ParameterValue.generated(),
      copied: ParameterValue.fromSecret(secret),
      encrypted: ParameterValue.fromCiphertext(Buffer.from('made beforehand').toString('base64'), encryptionKey),
    };
    Object.entries(values).forEach(([name, value]) => new SecureStringParameter(stack, name, { parameterName: `/${name}`, value, encryptionKey }));
  })).toEqual([]);
});

test('what is acknowledged for the function hides nothing beside it', () => {
  const rules = nagFindings((stack: Stack) => {
    new SecureStringParameter(stack, 'Token', { parameterName: '/billing/token', value: ParameterValue.generated() });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] }));
    new lambda.Function(stack, 'Other', {
      role, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
    });
  }).filter(({ path }) => !path.startsWith('Nag/SecureStringWriter') && !path.startsWith('Nag/Token')).map(({ rule }) => rule);

  expect(rules).toEqual(expect.arrayContaining([
    'HIPAA.Security-LambdaDLQ', 'HIPAA.Security-LambdaConcurrency', 'HIPAA.Security-LambdaInsideVPC', 'HIPAA.Security-IAMNoInlinePolicy',
  ]));
});
