import { CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService } from '../../src';
import { ServiceKey } from '../../src/key/service-key';
import { identityStatements, keyPolicyOf, resourceOf, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newRole, newStack, OTHER_ACCOUNT, roleArn } from '../support/key-stack';

function keyVia(service = KmsService.SQS) {
  const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
  return { key, view: key.via(service), stack: key.stack };
}

describe('a statement that an L2 hands over', () => {
  test('becomes ours: without the L2\'s conditions, which refer to its resources', () => {
    const { key, view } = keyVia();
    const result = view.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-2:111122223333:orders' } },
    }));
    expect(result.statementAdded).toBe(true);
    expect(statement(key, 'UseBySns').Condition).toEqual({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } });
  });

  test('is one for all resources of the service', () => {
    const { key, view } = keyVia();
    ['orders', 'returns'].forEach((topic) => view.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-west-2:111122223333:${topic}` } },
    })));
    expect(useSids(key)).toEqual(['UseThroughSqs', 'UseBySns']);
  });

  test('lets the service act for another account where it names a resource there', () => {
    const { key, view } = keyVia();
    [ACCOUNT, OTHER_ACCOUNT].forEach((account) => view.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-west-2:${account}:orders` } },
    })));
    const conditions = ['UseBySns', 'UseBySns2'].map((sid) => statement(key, sid).Condition);
    expect(conditions).toEqual([ACCOUNT, OTHER_ACCOUNT].map((account) => ({ StringEqualsIfExists: { 'aws:SourceAccount': account } })));
  });

  test('gives the identity half to a role that it names', () => {
    const { view, stack } = keyVia();
    view.addToResourcePolicy(new iam.PolicyStatement({ principals: [newRole(stack)], actions: ['kms:Decrypt'], resources: ['*'] }));
    expect(identityStatements(stack)).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('is narrowed to what the service does where its principal is none of the catalogue', () => {
    const { key, view } = keyVia();
    view.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('iot.amazonaws.com')], actions: ['kms:Decrypt', 'kms:CreateGrant'], resources: ['*'],
    }));
    expect(statement(key, 'UseByIot')).toMatchObject({ Action: 'kms:Decrypt', Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } } });
  });

  test('adds nothing to the key policy for principals whose IAM decides', () => {
    const { key, view, stack } = keyVia();
    view.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.AccountRootPrincipal(), newRole(stack)], actions: ['kms:Decrypt'], resources: ['*'],
    }));
    expect(useSids(key)).toEqual(['UseThroughSqs']);
  });

  test('names each of several principals by its kind', () => {
    const { key, view } = keyVia();
    view.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.AccountPrincipal(OTHER_ACCOUNT), roleArn('reader'), new iam.ServicePrincipal('s3.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
    }));
    expect(useSids(key)).toEqual(['UseThroughSqs', `Account${OTHER_ACCOUNT}ThroughSqs`, 'NamedThroughSqs', 'UseByS3']);
  });

  test.each<[string, iam.PolicyStatement]>([
    ['denies', new iam.PolicyStatement({ effect: iam.Effect.DENY, principals: [roleArn('reader')], actions: ['kms:Decrypt'], resources: ['*'] })],
    ['names nobody', new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] })],
    ['allows everything but', new iam.PolicyStatement({ principals: [roleArn('reader')], notActions: ['kms:Decrypt'], resources: ['*'] })],
  ])('fails where it %s', (_name, refused) => {
    expect(() => keyVia().view.addToResourcePolicy(refused)).toThrow(new Error(
      `StatementNotForService: a key handed to Amazon SQS takes statements that allow actions to principals, given: ${JSON.stringify(refused.toStatementJson())}; `
      + 'add it to the CustomerManagedKey itself [at Keys/Key/ViaSqs]',
    ));
  });

  test('fails where its principal is only JSON: who it is cannot be said', () => {
    const json = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` }, Action: 'kms:Decrypt', Resource: '*' };
    expect(() => keyVia().view.addToResourcePolicy(iam.PolicyStatement.fromJson(json))).toThrow(/^IdentityHalfMissing/);
  });
});

describe('the view of a key', () => {
  test('has the ARN, the id and the environment of the key', () => {
    const { key, view } = keyVia();
    expect([view.keyArn, view.keyId, view.keyRef, view.env]).toEqual([key.keyArn, key.keyId, key.keyRef, key.env]);
  });

  test('orders what depends on it after the key', () => {
    const { view, stack } = keyVia();
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    topic.node.addDependency(view);
    expect(resourceOf(topic).DependsOn).toEqual(['Key961B73FD']);
  });

  test('orders by its default child, the resource of the key', () => {
    const { key, view, stack } = keyVia();
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    topic.addResourceDependency(view.node.defaultChild as CfnResource);
    expect(view.node.defaultChild).toBe(key.node.defaultChild);
    expect(resourceOf(topic).DependsOn).toEqual(['Key961B73FD']);
  });

  test('adds aliases to the key', () => {
    const { view, stack } = keyVia();
    view.addAlias('orders');
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/orders', TargetKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } });
  });

  test('adds no resource', () => {
    Template.fromStack(keyVia().stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('gives a grant whose statement an L2 may add conditions to', () => {
    const { key, view } = keyVia(KmsService.EBS);
    const grant = view.grant(roleArn('operator'), 'kms:DescribeKey');
    grant.resourceStatement?.addCondition('Bool', { 'aws:ViaAWSService': 'true' });
    expect(statement(key, 'NamedThroughEbs').Condition).toEqual({ StringEquals: { 'kms:ViaService': 'ec2.eu-west-2.amazonaws.com' } });
  });
});

describe('a view that is pinned to a resource', () => {
  function pinned() {
    const { key, view, stack } = keyVia(KmsService.SECRETS_MANAGER);
    const secret = new CfnResource(stack, 'Secret', { type: 'AWS::SecretsManager::Secret' });
    return { key, stack, pin: (view as ServiceKey).pinnedTo({ resource: secret, key: 'SecretARN', values: [secret.ref] }) };
  }

  test('narrows the identity half by the encryption context, DescribeKey apart', () => {
    const { pin, stack } = pinned();
    pin.grant(newRole(stack), 'kms:Decrypt', 'kms:DescribeKey');
    const through = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-2.amazonaws.com' } };
    expect(identityStatements(stack).map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['kms:Decrypt', { ...through, StringLike: { 'kms:EncryptionContext:SecretARN': [{ Ref: 'Secret' }] } }],
      ['kms:DescribeKey', through],
    ]);
  });

  test('leaves the key policy as it is: it must not know what is encrypted under the key', () => {
    const { key, pin, stack } = pinned();
    pin.grantDecrypt(newRole(stack));
    expect(JSON.stringify(keyPolicyOf(key))).not.toContain('EncryptionContext');
  });
});
