import { Stack, Stage } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { CustomerManagedKey, KmsService } from '../../src';
import { newStack } from '../support/key-stack';

// The exemptions that would end with another version of aws-cdk-lib, or with more facts.
describe('what is exempt', () => {
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
