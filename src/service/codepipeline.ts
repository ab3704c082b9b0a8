import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { S3 } from './s3';

// AWS CodePipeline itself calls nothing: the pipeline's role and those of its actions, also in other accounts, use the key through Amazon S3.
// Nothing for the execution role of the pipeline's own stack; that of a stack which a pipeline deploys reads the template: Decrypt.
export const CODEPIPELINE: KmsServiceFacts = {
  name: 'AWS CodePipeline',
  viaServices: S3.viaServices,
  useActions: S3.useActions,
  encryptionContexts: S3.encryptionContexts,
  resources: [
    { type: 'AWS::CodePipeline::Pipeline', property: 'ArtifactStore.EncryptionKey.Id', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::CodePipeline::Pipeline', property: 'ArtifactStores.ArtifactStore.EncryptionKey.Id', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
  ],
  sources: [
    'https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codepipeline-pipeline-encryptionkey.html',
  ],
};
