import { OnKeyChange } from '../../src/service/kms-service-facts';
import { LAMBDA } from '../../src/service/lambda';

const functions = { 'aws:lambda:FunctionArn': 'arn:{partition}:lambda:{region}:{account}:function:*' };

describe('AWS Lambda', () => {
  test('has who configures a function encrypt, and who looks at it decrypt', () => {
    expect(LAMBDA.viaServices).toEqual(['lambda']);
    expect(LAMBDA.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
  });

  test('makes a grant for the environment, at deployment through AWS CloudFormation as well', () => {
    expect(LAMBDA.createsGrants).toBe(true);
    expect(LAMBDA.deployActions).toEqual(['kms:CreateGrant', ...LAMBDA.useActions!]);
    expect(LAMBDA.deployViaServices).toEqual(['cloudformation']);
  });

  test('encrypts .zip files by itself, under the ARN of a function of the account', () => {
    expect(LAMBDA.servicePrincipals).toEqual([expect.objectContaining({
      servicePrincipal: 'lambda.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], encryptionContext: functions,
    })]);
  });

  test('decrypts the filters of event source mappings as a Regional service principal, which L2s let in by the global name', () => {
    expect(LAMBDA.senders).toContainEqual(expect.objectContaining({
      servicePrincipal: 'lambda.{region}.amazonaws.com', regionalOf: 'lambda.amazonaws.com', actions: ['kms:Decrypt'], encryptionContext: functions,
    }));
  });

  test.each([
    ['AWS::Lambda::Function', 'KmsKeyArn', OnKeyChange.NO_INTERRUPTION],
    ['AWS::Lambda::Function', 'Code.SourceKMSKeyArn', OnKeyChange.NO_INTERRUPTION],
    ['AWS::Lambda::EventSourceMapping', 'KmsKeyArn', OnKeyChange.NO_INTERRUPTION],
    ['AWS::Lambda::CapacityProvider', 'KmsKeyArn', OnKeyChange.REPLACEMENT],
  ])('answers another key of %s %s with %s', (type, property, onKeyChange) => {
    expect(LAMBDA.resources).toContainEqual({ type, property, onKeyChange });
  });
});
