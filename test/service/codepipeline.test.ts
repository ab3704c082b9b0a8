import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService } from '../../src';
import { CODEPIPELINE } from '../../src/service/codepipeline';
import { S3 } from '../../src/service/s3';
import { keyPolicyOf, useSids } from '../support/key-policy';
import { ACCOUNT, OTHER_ACCOUNT, newStack } from '../support/key-stack';

describe('AWS CodePipeline', () => {
  test('has its roles read and write artifacts through Amazon S3, as any other object', () => {
    expect(CODEPIPELINE.viaServices).toEqual(['s3']);
    expect(CODEPIPELINE.useActions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(CODEPIPELINE.encryptionContexts).toBe(S3.encryptionContexts);
  });

  test('calls nothing by itself, and deploys without the key', () => {
    expect([CODEPIPELINE.servicePrincipals, CODEPIPELINE.createsGrants, CODEPIPELINE.deployActions]).toEqual([undefined, undefined, undefined]);
  });

  test('shares the statement of Amazon S3 where a key is handed to both', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
    [KmsService.CODEPIPELINE, KmsService.S3].forEach((service) => key.via(service));
    expect(useSids(key)).toEqual(['UseThroughCodePipelineS3']);
    expect(keyPolicyOf(key).at(-1)!.Condition).toEqual({ StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } });
  });

  test('has a role of another account read artifacts under a fence of its own', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
    key.via(KmsService.CODEPIPELINE).grantDecrypt(new AccountPrincipal(OTHER_ACCOUNT));
    expect(keyPolicyOf(key).at(-1)).toEqual({
      Sid: `Account${OTHER_ACCOUNT}ThroughCodePipeline`,
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT, 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } },
    });
  });

  test('names the keys of other Regions with their artifact stores', () => {
    expect(CODEPIPELINE.resources!.map(({ property, ofCopies }) => [property, ofCopies])).toEqual([
      ['ArtifactStore.EncryptionKey.Id', undefined], ['ArtifactStores.ArtifactStore.EncryptionKey.Id', true],
    ]);
  });
});
