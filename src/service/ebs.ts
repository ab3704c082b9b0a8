import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// AWS KMS has no value of kms:ViaService for Amazon EBS: its calls carry that of Amazon EC2.
// Auto Scaling, EC2 Fleet and Spot launch with service-linked roles, which need statements of their own.
export const EBS: KmsServiceFacts = {
  name: 'Amazon EBS',
  viaServices: ['ec2'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  // A grant per attachment: whoever attaches, launches or starts needs it, also long after the volume was made.
  createsGrants: true,
  deployActions: [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  encryptionContexts: [
    // The id of the snapshot instead, if CopySnapshot made it.
    { key: 'aws:ebs:id', value: 'vol-ID', confidence: FactConfidence.CONFIRMED, assignedOnCreation: true },
  ],
  resources: [
    { type: 'AWS::EC2::Instance', property: 'BlockDeviceMappings.Ebs.KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::EC2::LaunchTemplate', property: 'LaunchTemplateData.BlockDeviceMappings.Ebs.KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::EC2::Volume', property: 'KmsKeyId', onKeyChange: OnKeyChange.UPDATE_FAILS },
    // EbsEncryptionByDefault of this library.
    { type: 'Custom::EbsEncryptionByDefault', property: 'KeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page says that creating a snapshot under the key of its volume uses the key with the permissions of the caller; the statements allow it.',
  ],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/services-ebs.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-ebs.html',
  ],
};
