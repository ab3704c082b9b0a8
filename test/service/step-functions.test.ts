import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CustomerManagedKey, KmsService } from '../../src';
import { OnKeyChange } from '../../src/service/kms-service-facts';
import { STEP_FUNCTIONS } from '../../src/service/step-functions';
import { identityStatements, keyPolicyOf, statement } from '../support/key-policy';
import { ACCOUNT, newStack, ROOT } from '../support/key-stack';

const arn = (resource: string) => `arn:aws:states:eu-west-2:${ACCOUNT}:${resource}`;
const under = (key: string, value: string) => ({
  StringEquals: { 'kms:CallerAccount': ACCOUNT }, ArnLike: { [`kms:EncryptionContext:${key}`]: value },
});

function keyViaStepFunctions(contexts?: string[]) {
  const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
  key.via(KmsService.STEP_FUNCTIONS, contexts ? { contexts } : undefined);
  return key;
}

describe('AWS Step Functions', () => {
  test('has who makes a state machine generate a data key, and who reads what it did decrypt', () => {
    expect(STEP_FUNCTIONS.viaServices).toEqual(['states']);
    expect(STEP_FUNCTIONS.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
    expect(STEP_FUNCTIONS.deployActions).toEqual(['kms:DescribeKey', 'kms:GenerateDataKey']);
    expect(STEP_FUNCTIONS.createsGrants).toBeUndefined();
  });

  test('lets execution roles in without kms:ViaService, which their calls lack, under the contexts of this account only', () => {
    expect(keyPolicyOf(keyViaStepFunctions()).filter(({ Sid }) => Sid!.startsWith('RolesOf'))).toEqual([
      ['RolesOfStepFunctionsUnderActivityArn', ['kms:Decrypt', 'kms:GenerateDataKey'], under('aws:states:activityArn', arn('activity:*'))],
      ['RolesOfStepFunctionsUnderSourceArn', 'kms:GenerateDataKey', under('SourceArn', `arn:aws:logs:eu-west-2:${ACCOUNT}:*`)],
      ['RolesOfStepFunctionsUnderStateMachineArn', ['kms:Decrypt', 'kms:GenerateDataKey'], under('aws:states:stateMachineArn', arn('stateMachine:*'))],
    ].map(([Sid, Action, Condition]) => ({ Sid, Effect: 'Allow', Principal: { AWS: ROOT }, Action, Resource: '*', Condition })));
  });

  test('narrows callers and execution roles to the state machines that are given', () => {
    const key = keyViaStepFunctions([arn('stateMachine:billing')]);
    expect(statement(key, 'UseThroughStepFunctions').Condition?.StringLike).toEqual({ 'kms:EncryptionContext:aws:states:stateMachineArn': arn('stateMachine:billing') });
    expect(statement(key, 'RolesOfStepFunctionsUnderStateMachineArn').Condition).toEqual(under('aws:states:stateMachineArn', arn('stateMachine:billing')));
  });

  test('gives an execution role the half that the state machine of L1 does not write', () => {
    const key = keyViaStepFunctions();
    const role = new iam.Role(key.stack, 'Role', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') });
    key.via(KmsService.STEP_FUNCTIONS).grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const contexts = identityStatements(key.stack).map(({ Action, Condition }) => [Action, Condition?.ArnLike ?? Condition?.StringEquals]);
    expect(contexts).toEqual([
      [['kms:Decrypt', 'kms:GenerateDataKey'], { 'kms:ViaService': 'states.eu-west-2.amazonaws.com' }],
      [['kms:Decrypt', 'kms:GenerateDataKey'], { 'kms:EncryptionContext:aws:states:stateMachineArn': arn('stateMachine:*') }],
      [['kms:Decrypt', 'kms:GenerateDataKey'], { 'kms:EncryptionContext:aws:states:activityArn': arn('activity:*') }],
      ['kms:GenerateDataKey', { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:eu-west-2:${ACCOUNT}:*` }],
    ]);
  });

  test('is let in for activities where AWS CDK asks for it, under the context of activities', () => {
    const key = keyViaStepFunctions();
    const encryptionConfiguration = new sfn.CustomerManagedEncryptionConfiguration(key.via(KmsService.STEP_FUNCTIONS));
    new sfn.Activity(key.stack, 'Activity', { activityName: 'approve', encryptionConfiguration });
    expect(statement(key, 'UseByStates')).toMatchObject({
      Principal: { Service: 'states.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:states:activityArn': arn('activity:*') } },
    });
  });

  test.each([
    ['AWS::StepFunctions::StateMachine', OnKeyChange.NO_INTERRUPTION],
    ['AWS::StepFunctions::Activity', OnKeyChange.REPLACEMENT],
  ])('answers another key of %s with %s', (type, onKeyChange) => {
    expect(STEP_FUNCTIONS.resources).toContainEqual({ type, property: 'EncryptionConfiguration.KmsKeyId', onKeyChange });
  });
});
