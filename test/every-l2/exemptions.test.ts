import { Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { CustomerManagedKey, FactConfidence, KmsService } from '../../src';
import { newStack } from '../support/key-stack';

// The exemptions that would end with another version of aws-cdk-lib, or with more facts.
describe('what is exempt', () => {
  test('fails where Fargate is handed a key for its ephemeral storage', () => {
    const fargate = KmsService.of('Fargate', {
      name: 'AWS Fargate',
      servicePrincipals: [{
        servicePrincipal: 'fargate.amazonaws.com', actions: ['kms:GenerateDataKeyWithoutPlaintext'], sourceAccount: FactConfidence.UNSUPPORTED,
      }],
      sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-storage-encryption.html'],
    });
    const stack = newStack();
    const fargateEphemeralStorageKmsKey = new CustomerManagedKey(stack, 'Key').via(fargate);
    expect(() => new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc'), managedStorageConfiguration: { fargateEphemeralStorageKmsKey } }))
      .toThrow('ActionNotOfService: AWS Fargate does none of kms:CreateGrant with a key; it does kms:GenerateDataKeyWithoutPlaintext. '
        + 'Grant direct use on the CustomerManagedKey itself [at Keys/Key/ViaFargate]');
  });

  test('fails where a key that signs DNSSEC is handed to a service', () => {
    const stack = newStack();
    const key = new CustomerManagedKey(stack, 'Key', { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: kms.KeyUsage.SIGN_VERIFY });
    const zone = new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
    expect(() => zone.enableDnssec({ kmsKey: key.via(KmsService.S3) })).toThrow(/^KeyNotForStorage: /);
  });

  test.each<[string, (stack: Stack) => kms.IKey]>([
    ['kms.Key', (stack) => new kms.Key(stack, 'Key')],
    ['the view of a service', (stack) => new CustomerManagedKey(stack, 'Key').via(KmsService.S3)],
  ])('fails where Athena\'s task is given %s', (_name, make) => {
    const stack = newStack();
    const encryptionConfiguration = { encryptionOption: tasks.EncryptionOption.KMS, encryptionKey: make(stack) };
    const query = new tasks.AthenaStartQueryExecution(stack, 'Query', { queryString: 'SELECT 1', resultConfiguration: { encryptionConfiguration } });
    new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(query) });
    expect(() => Stage.of(stack)!.synth()).toThrow();
  });
});
