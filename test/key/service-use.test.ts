import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, FactConfidence, KmsService, KmsServiceFacts, PrincipalMatch, ViaServiceOptions, ViaServiceScope } from '../../src';
import { identityStatements, keyPolicyOf, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newRole, newStack, ROOT } from '../support/key-stack';

const INVOICES = ['arn:aws:s3:::invoices', 'arn:aws:s3:::invoices/*'];
const FACTS: KmsServiceFacts = { name: 'Amazon Data', viaServices: ['data'], useActions: ['kms:Decrypt'], sources: ['https://docs.aws.amazon.com/data/'] };

function keyVia(service: KmsService, options?: ViaServiceOptions) {
  const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
  key.via(service, options);
  return key;
}

describe('use by callers', () => {
  test('is delegated to the account, through the service in the Region of the key only', () => {
    expect(keyPolicyOf(keyVia(KmsService.PARAMETER_STORE)).at(-1)).toEqual({
      Sid: 'UseThroughParameterStore',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'ssm.eu-west-2.amazonaws.com' } },
    });
  });

  test('is open to further Regions that are given', () => {
    expect(statement(keyVia(KmsService.S3, { regions: ['eu-west-1'] }), 'UseThroughS3').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': ['s3.eu-west-1.amazonaws.com', 's3.eu-west-2.amazonaws.com'] },
    });
  });

  test('is open to any Region where the service sends any', () => {
    const global = KmsService.of('Tables', { ...FACTS, viaServices: ['dynamodb'], viaServiceScope: ViaServiceScope.ANY_REGION });
    expect(statement(keyVia(global), 'UseThroughTables').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT },
      StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' },
    });
  });

  test('goes through each service that the calls can come from', () => {
    expect(statement(keyVia(KmsService.RDS_MASTER_SECRET), 'GrantsThroughServices').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': ['rds.eu-west-2.amazonaws.com', 'secretsmanager.eu-west-2.amazonaws.com'] },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    });
  });
});

describe('deployment', () => {
  const through = (...services: string[]) => ({
    StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': services.map((service) => `${service}.eu-west-2.amazonaws.com`) },
  });

  test('through a further service has a statement of its own, which widens no use', () => {
    const key = keyVia(KmsService.of('Data', { ...FACTS, deployViaServices: ['stacks'], deployActions: ['kms:Decrypt'] }));
    expect(useSids(key)).toEqual(['UseThroughData', 'DeployThroughData']);
    expect(statement(key, 'UseThroughData').Condition?.StringEquals).toMatchObject({ 'kms:ViaService': 'data.eu-west-2.amazonaws.com' });
    expect(statement(key, 'DeployThroughData')).toMatchObject({
      Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'stacks.eu-west-2.amazonaws.com' } },
    });
  });

  test('makes grants through both', () => {
    const key = keyVia(KmsService.LAMBDA);
    expect(statement(key, 'GrantsThroughServices').Condition).toMatchObject(through('cloudformation', 'lambda'));
  });

  test('keeps to the contexts that are given', () => {
    const functions = ['arn:aws:lambda:eu-west-2:111122223333:function:billing-*'];
    const key = keyVia(KmsService.LAMBDA, { contexts: functions });
    expect(useSids(key).filter((sid) => /Deploy/.test(sid!))).toEqual(['DeployThroughLambda', 'DeployDescribeThroughLambda']);
    expect(statement(key, 'DeployThroughLambda').Condition?.StringLike).toEqual({ 'kms:EncryptionContext:aws:lambda:FunctionArn': functions[0] });
    expect(statement(key, 'DeployDescribeThroughLambda').Condition).not.toHaveProperty('StringLike');
  });
});

describe('contexts', () => {
  test('narrow the use', () => {
    expect(statement(keyVia(KmsService.S3, { contexts: INVOICES }), 'UseThroughS3').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-2.amazonaws.com' },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': INVOICES },
    });
  });

  test('leave DescribeKey, which carries none, in a statement of its own', () => {
    const key = keyVia(KmsService.SECRETS_MANAGER, { contexts: ['arn:aws:secretsmanager:eu-west-2:111122223333:secret:db-??????'] });
    expect(statement(key, 'UseThroughSecretsManager').Action).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']);
    expect(statement(key, 'DescribeThroughSecretsManager').Action).toBe('kms:DescribeKey');
    expect(statement(key, 'DescribeThroughSecretsManager').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'secretsmanager.eu-west-2.amazonaws.com' },
    });
  });

  test('narrow the service principal that sends them, too', () => {
    const group = 'arn:aws:logs:eu-west-2:111122223333:log-group:/billing/*';
    const key = keyVia(KmsService.CLOUDWATCH_LOGS, { contexts: [group] });
    expect(statement(key, 'UseByLogs').Condition).toMatchObject({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': group } });
    expect(statement(key, 'DescribeByLogs').Condition).toEqual({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } });
  });

  test('stand in the IAM policy of a grantee', () => {
    const key = keyVia(KmsService.S3, { contexts: INVOICES });
    key.via(KmsService.S3).grantDecrypt(newRole(key.stack));
    expect(identityStatements(key.stack)[0].Condition).toEqual({
      StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': INVOICES },
    });
  });
});

describe('useOnlyBy', () => {
  const useOnlyBy = PrincipalMatch.tag('data-domain', 'billing');
  const tag = { 'aws:PrincipalTag/data-domain': 'billing' };

  test('narrows the use', () => {
    expect(statement(keyVia(KmsService.S3, { useOnlyBy }), 'UseThroughS3').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-2.amazonaws.com', ...tag },
    });
  });

  test('gives the service a statement of grants of its own, which the open ones do not widen', () => {
    const key = keyVia(KmsService.EBS, { useOnlyBy });
    key.via(KmsService.RDS);
    expect(statement(key, 'GrantsThroughEbs').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'ec2.eu-west-2.amazonaws.com', ...tag },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    });
    expect(statement(key, 'GrantsThroughServices').Condition?.StringEquals).toEqual({
      'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'rds.eu-west-2.amazonaws.com',
    });
  });
});

describe('service-linked roles', () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

  test('are let in by condition, because a policy that names a missing role is refused', () => {
    expect(keyPolicyOf(keyVia(KmsService.EC2_AUTO_SCALING)).slice(-2)).toEqual([
      {
        Sid: 'GrantsByAutoScaling',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': ACCOUNT }, ArnEquals: { 'aws:PrincipalArn': role }, Bool: { 'kms:GrantIsForAWSResource': 'true' },
        },
      },
      {
        Sid: 'UseByAutoScaling',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT }, ArnEquals: { 'aws:PrincipalArn': role } },
      },
    ]);
  });

  test('with a suffix are let in beside the one without', () => {
    const key = keyVia(KmsService.EC2_AUTO_SCALING, { serviceLinkedRoleSuffixes: ['blue', 'green'] });
    expect(statement(key, 'UseByAutoScaling').Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': [role, `${role}_blue`, `${role}_green`] });
  });
});

describe('roles that the service assumes', () => {
  const facts: KmsServiceFacts = {
    ...FACTS,
    executionRoles: [{
      assumedBy: 'data.amazonaws.com', actions: ['kms:Decrypt'], contextKey: 'aws:data:flowArn', contextPattern: 'arn:{partition}:data:{region}:{account}:flow:*',
    }],
    encryptionContexts: [{ key: 'aws:data:flowArn', value: 'arn:{partition}:data:{region}:{account}:flow:NAME', confidence: FactConfidence.CONFIRMED }],
  };
  const underFlows = { ArnLike: { 'kms:EncryptionContext:aws:data:flowArn': 'arn:aws:data:eu-west-2:111122223333:flow:*' } };

  test('are delegated to the account under the encryption context, because their calls carry no kms:ViaService', () => {
    expect(statement(keyVia(KmsService.of('Data', facts)), 'RolesOfDataUnderFlowArn')).toEqual({
      Sid: 'RolesOfDataUnderFlowArn',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT }, ...underFlows },
    });
  });

  test('are narrowed by contexts and useOnlyBy', () => {
    const key = keyVia(KmsService.of('Data', facts), { contexts: ['arn:aws:data:eu-west-2:111122223333:flow:billing'], useOnlyBy: PrincipalMatch.tag('a', 'b') });
    expect(statement(key, 'RolesOfDataUnderFlowArn').Condition).toEqual({
      StringEquals: { 'kms:CallerAccount': ACCOUNT, 'aws:PrincipalTag/a': 'b' },
      ArnLike: { 'kms:EncryptionContext:aws:data:flowArn': 'arn:aws:data:eu-west-2:111122223333:flow:billing' },
    });
  });

  test.each(['data.amazonaws.com', 'data.eu-west-2.amazonaws.com'])('and trust %s get that half as well', (service) => {
    const key = keyVia(KmsService.of('Data', facts));
    const role = new iam.Role(key.stack, 'Role', { assumedBy: new iam.ServicePrincipal(service) });
    key.via(KmsService.of('Data', facts)).grantDecrypt(role);
    expect(identityStatements(key.stack).map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 'kms:ViaService': 'data.eu-west-2.amazonaws.com' } }, underFlows]);
  });

  test('others get the half of callers only', () => {
    const key = keyVia(KmsService.of('Data', facts));
    key.via(KmsService.of('Data', facts)).grantDecrypt(newRole(key.stack));
    expect(identityStatements(key.stack).map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 'kms:ViaService': 'data.eu-west-2.amazonaws.com' } }]);
  });
});
