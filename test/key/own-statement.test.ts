import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey } from '../../src';
import { keyPolicyOf } from '../support/key-policy';
import { ACCOUNT, newStack, roleArn } from '../support/key-stack';

const FOR_AWS_RESOURCE = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
const CALLER_ACCOUNT = { StringEquals: { 'kms:CallerAccount': ACCOUNT } };
const EVERYTHING = 'it allows everything: list the actions';
const SERVICE = 'it lets in a service: hand the key to it with key.via(KmsService.…), which writes what the service needs, and no more';
const GRANTS = 'it allows kms:CreateGrant without the condition kms:GrantIsForAWSResource: add it, or hand the key to the service that makes the grants';
const EVERYONE = 'it lets in everyone: add the condition kms:CallerAccount, or name the principals';
const RESOURCE = "AWS KMS takes no other resource than '*', which means the key itself: write resources: ['*']";

const allow = (props: iam.PolicyStatementProps) =>
  new iam.PolicyStatement({ principals: [roleArn('reader')], actions: ['kms:Decrypt'], resources: ['*'], ...props });
const json = (elements: object) => iam.PolicyStatement.fromJson({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...elements });

test.each<[string, iam.PolicyStatement]>([
  ['use to a role', allow({})],
  ['use to an account', allow({ principals: [new iam.AccountPrincipal(ACCOUNT)] })],
  ['grants for AWS resources', allow({ actions: ['kms:CreateGrant'], conditions: FOR_AWS_RESOURCE })],
  ['use to everyone of an account', allow({ principals: [new iam.AnyPrincipal()], conditions: CALLER_ACCOUNT })],
  ['a denial to everyone', allow({ effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['kms:*'] })],
  ['actions that only look like grants', allow({ actions: ['kms:CreateAlias'] })],
])('%s is the last statement of the policy', (_name, own) => {
  const key = new CustomerManagedKey(newStack(), 'Key');
  expect(key.addToResourcePolicy(own)).toEqual({ statementAdded: true, policyDependable: key });
  expect(keyPolicyOf(key).at(-1)).toEqual(key.stack.resolve(own.toStatementJson()));
});

test.each<[string, iam.PolicyStatement, string]>([
  ['everything', allow({ actions: ['kms:*'] }), EVERYTHING],
  ['everything of AWS', allow({ actions: ['*'] }), EVERYTHING],
  ['everything in another case', allow({ actions: ['KMS:*'] }), EVERYTHING],
  ['everything but', allow({ actions: undefined, notActions: ['kms:Decrypt'] }), EVERYTHING],
  ['a service', allow({ principals: [new iam.ServicePrincipal('s3.amazonaws.com')] }), SERVICE],
  ['a service under conditions', allow({ principals: [new iam.ServicePrincipal('s3.amazonaws.com').withConditions(CALLER_ACCOUNT)] }), SERVICE],
  ['a service as JSON', json({ Principal: { Service: 's3.amazonaws.com' } }), SERVICE],
  ['direct grants', allow({ actions: ['kms:CreateGrant'] }), GRANTS],
  ['direct grants by a wildcard', allow({ actions: ['kms:Create*'] }), GRANTS],
  ['direct grants by another wildcard', allow({ actions: ['kms:*Grant'] }), GRANTS],
  ['grants where the flag is off', allow({ actions: ['kms:CreateGrant'], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'false' } } }), GRANTS],
  ['grants where the flag is left out', allow({ actions: ['kms:CreateGrant'], conditions: { BoolIfExists: FOR_AWS_RESOURCE.Bool } }), GRANTS],
  ['everyone', allow({ principals: [new iam.AnyPrincipal()] }), EVERYONE],
  ['everyone by a star', allow({ principals: [new iam.StarPrincipal()] }), EVERYONE],
  ['everyone by an ARN', allow({ principals: [new iam.ArnPrincipal('*')] }), EVERYONE],
  ['everyone under other conditions', allow({ principals: [new iam.AnyPrincipal().withConditions({ Bool: { 'aws:SecureTransport': 'true' } })] }), EVERYONE],
  ['everyone elsewhere', allow({ principals: [new iam.AnyPrincipal()], conditions: { StringNotEquals: { 'kms:CallerAccount': ACCOUNT } } }), EVERYONE],
  ['everyone as JSON', json({ Principal: '*' }), EVERYONE],
  ['everyone but', allow({ principals: undefined, notPrincipals: [roleArn('reader')] }), EVERYONE],
  ['another resource', allow({ resources: ['arn:aws:kms:eu-west-2:111122223333:key/x'] }), RESOURCE],
  ['every resource but', allow({ resources: undefined, notResources: ['arn:aws:kms:eu-west-2:111122223333:key/x'] }), RESOURCE],
  ['another resource, denied', allow({ effect: iam.Effect.DENY, resources: ['arn:aws:kms:eu-west-2:111122223333:key/x'] }), RESOURCE],
])('fails where a statement names %s', (_name, own, problem) => {
  const key = new CustomerManagedKey(newStack(), 'Key');
  expect(() => key.addToResourcePolicy(own)).toThrow(new Error(
    `StatementRefused: a statement was added to the key policy, and ${problem}; given: ${JSON.stringify(key.stack.resolve(own.toStatementJson()))} [at Keys/Key]`,
  ));
});
