import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

const OF_FUNCTIONS = { 'aws:lambda:FunctionArn': 'arn:{partition}:lambda:{region}:{account}:function:*' };

/** Code in .zip files, for which AWS Lambda makes no grant. */
const LAMBDA_CODE: ServicePrincipalFacts = {
  servicePrincipal: 'lambda.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  sourceAccount: FactConfidence.UNKNOWN,
  encryptionContext: OF_FUNCTIONS,
};

/** Filters of event source mappings. */
export const LAMBDA_FILTERS: ServicePrincipalFacts = {
  servicePrincipal: 'lambda.{region}.amazonaws.com',
  regionalOf: 'lambda.amazonaws.com',
  actions: ['kms:Decrypt'],
  sourceAccount: FactConfidence.UNKNOWN,
  encryptionContext: OF_FUNCTIONS,
};

/** The environment of web functions, as AWS CDK lets AWS Lambda in for it. */
const LAMBDA_WEB_FUNCTIONS: ServicePrincipalFacts = {
  servicePrincipal: 'lambda.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  describesKey: true,
  sourceAccount: FactConfidence.UNKNOWN,
  sourceArn: 'arn:{partition}:lambda:{region}:{account}:web-function/*',
};

export const LAMBDA: KmsServiceFacts = {
  name: 'AWS Lambda',
  viaServices: ['lambda'],
  deployViaServices: ['cloudformation'],
  // Who configures or publishes a function encrypts; who looks at its configuration, code or filters decrypts, the execution role too.
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  createsGrants: true,
  servicePrincipals: [LAMBDA_CODE],
  senders: [LAMBDA_FILTERS, LAMBDA_WEB_FUNCTIONS],
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  encryptionContexts: [
    { key: 'aws:lambda:FunctionArn', value: 'arn:{partition}:lambda:{region}:{account}:function:NAME', confidence: FactConfidence.CONFIRMED },
    { key: 'aws:lambda:EventSourceArn', value: 'the ARN of the event source, for filters', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::Lambda::CapacityProvider', property: 'KmsKeyArn', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::Lambda::EventSourceMapping', property: 'KmsKeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::Lambda::Function', property: 'Code.SourceKMSKeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::Lambda::Function', property: 'KmsKeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'Users report calls at deployment that come through AWS CloudFormation, while the policy of the AWS managed key knows AWS Lambda only; '
    + 'what is called at deployment is allowed through both.',
    'AWS Lambda decrypts the environment under a grant, which dies with the execution role; the role is granted `kms:Decrypt` as well where you ask for it.',
    'No page of AWS Lambda prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
    'No page says whether AWS Lambda sends `aws:SourceAccount`; it is demanded where it is sent.',
    'The page prints the Regional service principal of the commercial Regions only; it is taken for that of the China Regions, too.',
    'No page lists what capacity providers and web functions do with their keys; the actions are those of functions, and those that AWS CDK lets in.',
  ],
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/security-encryption-at-rest.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-capacityprovider.html',
  ],
};
