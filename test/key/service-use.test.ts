import { Lazy } from 'aws-cdk-lib';
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

describe('service principals', () => {
  const sender = { servicePrincipal: 'data.amazonaws.com', actions: ['kms:Decrypt'] };

  test.each([
    [FactConfidence.CONFIRMED, { StringEquals: { 'aws:SourceAccount': ACCOUNT } }],
    [FactConfidence.UNKNOWN, { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }],
    [FactConfidence.UNSUPPORTED, undefined],
  ])('whose source account is %s carry the condition %j', (sourceAccount, condition) => {
    const key = keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [{ ...sender, sourceAccount }] }));
    expect(statement(key, 'UseByData').Condition).toEqual(condition);
  });

  test('carry the source ARN that they are known to send', () => {
    const facts = { ...sender, sourceAccount: FactConfidence.CONFIRMED, sourceArn: 'arn:{partition}:data:{region}:{account}:table/*' };
    expect(statement(keyVia(KmsService.of('Data', { ...FACTS, servicePrincipals: [facts] })), 'UseByData').Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': 'arn:aws:data:eu-west-2:111122223333:table/*' },
    });
  });

  test('that only deliver get no statement before something is delivered', () => {
    expect(useSids(keyVia(KmsService.SNS))).toEqual(['UseThroughSns']);
  });
});

describe('options that cannot be kept', () => {
  const token = Lazy.string({ produce: () => 'later' });

  test.each<[string, KmsService, ViaServiceOptions, string]>([
    ['a context that is a token', KmsService.S3, { contexts: [token] },
      "ViaServiceValueNotLiteral: 'contexts' of via(S3) takes literal values, given: a token; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['a Region that is a token', KmsService.S3, { regions: [token] },
      "ViaServiceValueNotLiteral: 'regions' of via(S3) takes literal values, given: a token; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['no context at all', KmsService.S3, { contexts: [] },
      "ViaServiceValueNotLiteral: 'contexts' of via(S3) takes literal values, given: none; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['a context that nobody confirms', KmsService.SNS, { contexts: ['arn:aws:sns:eu-west-2:111122223333:alarms'] },
      'ViaServiceContextUnknown: Amazon SNS sends no encryption context that is known before deployment, '
      + "given: arn:aws:sns:eu-west-2:111122223333:alarms; leave 'contexts' out, and narrow with a key of its own or with useOnlyBy [at Keys/Key]"],
    ['a suffix where no role has one', KmsService.S3, { serviceLinkedRoleSuffixes: ['blue'] },
      'ViaServiceNoSuffix: Amazon S3 has no service-linked role with a custom suffix, given: blue; leave it out [at Keys/Key]'],
    ['principals where nobody calls', KmsService.CLOUDWATCH_ALARMS, { useOnlyBy: PrincipalMatch.tag('a', 'b') },
      'ViaServiceNoCaller: Amazon CloudWatch alarms uses the key by itself, never for a caller, given: useOnlyBy, '
      + 'which would narrow or widen nothing; leave it out [at Keys/Key]'],
    ['Regions where nobody calls', KmsService.EC2_AUTO_SCALING, { regions: ['eu-west-1'] },
      'ViaServiceNoCaller: Amazon EC2 Auto Scaling uses the key by itself, never for a caller, given: regions, '
      + 'which would narrow or widen nothing; leave it out [at Keys/Key]'],
  ])('fails on %s', (_name, service, options, message) => {
    expect(() => keyVia(service, options)).toThrow(new Error(message));
  });

  test.each([KmsService.EBS, KmsService.RDS, KmsService.RDS_MASTER_SECRET])('fails on a context that $facts.name makes up with the resource', (service) => {
    expect(() => keyVia(service, { contexts: ['id'] })).toThrow(new Error(
      `ViaServiceContextUnknown: ${service.facts.name} sends no encryption context that is known before deployment, given: id; `
      + "leave 'contexts' out, and narrow with a key of its own or with useOnlyBy [at Keys/Key]",
    ));
  });
});
