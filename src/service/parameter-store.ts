import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// CloudFormation cannot make a SecureString: nothing for the execution role; whoever puts the value needs the actions.
export const PARAMETER_STORE: KmsServiceFacts = {
  name: 'AWS Systems Manager Parameter Store',
  viaServices: ['ssm'],
  // Standard parameters are encrypted with Encrypt, advanced ones with a data key.
  useActions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  encryptionContexts: [
    { key: 'PARAMETER_ARN', value: 'arn:{partition}:ssm:{region}:{account}:parameter/NAME', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    // SecureStringParameter and SecureStringCopy of this library.
    { type: 'Custom::SecureStringParameter', property: 'KeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'Custom::SecureStringCopy', property: 'KeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
  ],
  sources: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html',
  ],
};
