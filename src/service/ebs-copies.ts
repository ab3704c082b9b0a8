import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

/**
 * Copies of snapshots, also those that Amazon Data Lifecycle Manager makes.
 *
 * An entry of its own: only copies encrypt, and generate data keys that they see, with the permissions of their caller. Nothing is called at
 * deployment: Amazon Data Lifecycle Manager copies later, with a role of yours.
 */
export const EBS_COPIES: KmsServiceFacts = {
  name: 'Amazon EBS copies',
  viaServices: ['ec2'],
  useActions: [
    'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
  ],
  createsGrants: true,
  resources: [
    {
      type: 'AWS::DLM::LifecyclePolicy',
      property: 'PolicyDetails.Actions.CrossRegionCopy.EncryptionConfiguration.CmkArn',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
      ofCopies: true,
    },
    {
      type: 'AWS::DLM::LifecyclePolicy',
      property: 'PolicyDetails.Schedules.CrossRegionCopyRules.CmkArn',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
      ofCopies: true,
    },
  ],
  unconfirmed: [
    'No page says which of the actions a copy calls on the key of the source, and which on that of the copy; the statements have all of them on both, '
    + 'as Amazon Data Lifecycle Manager asks for.',
    'No page says which Region the `kms:ViaService` of each key carries when a snapshot is copied to another; the statements have both Regions on both keys.',
    'AWS KMS lists no `kms:ViaService` value for Amazon Data Lifecycle Manager; its copies are calls of Amazon EC2, and come through `ec2` here.',
  ],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/event-policy.html',
    'https://docs.aws.amazon.com/ebs/latest/userguide/dlm-prerequisites.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dlm-lifecyclepolicy-crossregioncopyrule.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dlm-lifecyclepolicy-encryptionconfiguration.html',
  ],
};
