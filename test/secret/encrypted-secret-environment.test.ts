import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CustomerManagedKey, EncryptedSecret, KmsService, SecretReplica } from '../../src';
import { FLAGS, templateOf } from '../support/template-difference';

function everything(env: { account?: string; region?: string }, flags: keyof typeof FLAGS, replica?: { partition: string; region: string }): string {
  return JSON.stringify(templateOf((scope) => {
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const keyThere = replica && `arn:${replica.partition}:kms:${replica.region}:${env.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const replicaRegions: SecretReplica[] | undefined = replica && [{
      region: replica.region,
      encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'There', keyThere!, { services: [KmsService.SECRETS_MANAGER] }),
    }];
    [undefined, 'billing/login'].forEach((secretName) => {
      const secret = new EncryptedSecret(scope, secretName ?? 'Login', { secretName, replicaRegions });
      secret.grantRead(role);
      secret.grantWrite(role);
      secret.addRotationSchedule('Rotation', {
        rotationLambda: new lambda.Function(scope, `Rotate${secretName}`, {
          runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'), role,
        }),
      });
      if (replica) {
        secret.replica(replica.region).grantRead(role);
      }
    });
  }, { env, flags }));
}

describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
  test.each([
    ['aws', 'eu-west-2', 'eu-west-1'], ['aws-cn', 'cn-north-1', 'cn-northwest-1'], ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ])('writes ARNs of %s', (partition, region, there) => {
    const template = everything({ account: '111122223333', region }, flags, { partition, region: there });
    const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);

    expect(new Set(partitions)).toEqual(new Set([partition]));
    // It ends in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    expect(new Set(template.match(/secretsmanager\.[a-z0-9-]+\.amazonaws\.com[.a-z]*/g)))
      .toEqual(new Set([`secretsmanager.${region}.amazonaws.com`, `secretsmanager.${there}.amazonaws.com`]));
  });

  test('writes no partition, Region or account where none is known', () => {
    const template = everything({}, flags);

    expect(template).not.toMatch(/arn:aws|\d{12}|\.amazonaws\.com\.cn|eu-west-2/);
    expect(template).toContain(JSON.stringify({ 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }));
  });
});
