import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CustomerManagedKey, KmsService } from '../../src';
import { identityStatements, keyPolicyOf, problemsAtSynth, propertiesOf, resourceOf, statement } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION, roleArn } from '../support/key-stack';

// Each pair says what kms.Key does, so that whoever sees the second one fail knows that the first one may have become needless.
const ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0d990263-018e-4e65-a703-eff731de951e`;

describe('a log group', () => {
  test('under our key: CloudWatch Logs may use it', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    new logs.LogGroup(key.stack, 'Logs', { encryptionKey: key.via(KmsService.CLOUDWATCH_LOGS) });
    expect(statement(key, 'UseByLogs').Principal).toEqual({
      Service: { 'Fn::Join': ['', ['logs.eu-west-2.', { Ref: 'AWS::URLSuffix' }]] },
    });
  });

  test('under kms.Key: no statement for CloudWatch Logs (aws/aws-cdk#28304)', () => {
    const key = new kms.Key(newStack(), 'Key');
    new logs.LogGroup(key.stack, 'Logs', { encryptionKey: key });
    expect(keyPolicyOf(key)).toHaveLength(1);
  });
});

describe('an alarm that notifies a topic', () => {
  function notify(stack: Stack, masterKey: kms.IKey) {
    const metric = new cloudwatch.Metric({ namespace: 'App', metricName: 'Errors' });
    const alarm = new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
    alarm.addAlarmAction(new SnsAction(new sns.Topic(stack, 'Topic', { masterKey })));
  }

  test('under our key fails', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    notify(Stack.of(key), key.via(KmsService.SNS));
    expect(problemsAtSynth(key)[0]).toContain('AlarmCannotNotify');
  });

  test('under our key is let in where the key is handed to alarms', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    notify(Stack.of(key), key.via(KmsService.SNS));
    key.via(KmsService.CLOUDWATCH_ALARMS);
    expect(statement(key, 'UseByCloudwatch').Principal).toEqual({ Service: 'cloudwatch.amazonaws.com' });
  });

  test('under kms.Key is dropped without a word', () => {
    const key = new kms.Key(newStack(), 'Key');
    notify(Stack.of(key), key);
    expect(keyPolicyOf(key)).toHaveLength(1);
  });
});

describe('an imported key that is granted to a service', () => {
  const service = new iam.ServicePrincipal('logs.amazonaws.com');

  test('fails with ours', () => {
    expect(() => CustomerManagedKey.fromKeyArn(newStack(), 'Key', ARN).grantEncryptDecrypt(service)).toThrow(/^ServicePrincipalNeedsService/);
  });

  test('succeeds with kms.Key, and writes nothing', () => {
    const stack = newStack();
    expect(kms.Key.fromKeyArn(stack, 'Key', ARN).grantEncryptDecrypt(service).success).toBe(true);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });
});

describe('a secret under an imported key that a role reads', () => {
  function read(stack: Stack, encryptionKey: kms.IKey) {
    new secretsmanager.Secret(stack, 'Secret', { encryptionKey }).grantRead(newRole(stack));
    return identityStatements(stack);
  }

  test('is decrypted with ours', () => {
    const stack = newStack();
    const key = CustomerManagedKey.fromKeyArn(stack, 'Key', ARN, { services: [KmsService.SECRETS_MANAGER] });
    expect(read(stack, key.via(KmsService.SECRETS_MANAGER))).toContainEqual({
      Effect: 'Allow', Action: 'kms:Decrypt', Resource: ARN, Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-2.amazonaws.com' } },
    });
  });

  test('is not decrypted with kms.Key (aws/aws-cdk#20087)', () => {
    const stack = newStack();
    expect(read(stack, kms.Key.fromKeyArn(stack, 'Key', ARN))).toEqual([]);
  });
});

describe('a policy that does not leave everything to the account', () => {
  test('of ours gets the key\'s half of a grant', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { administrators: [roleArn('admin')] });
    key.grantDecrypt(newRole(key.stack));
    expect(statement(key, 'DirectDecrypt').Action).toBe('kms:Decrypt');
  });

  test('of kms.Key stays as it is: the grant does nothing (aws/aws-cdk#32286)', () => {
    const stack = newStack();
    const admin = new iam.PolicyStatement({ principals: [roleArn('admin')], actions: ['kms:PutKeyPolicy'], resources: ['*'] });
    const key = new kms.Key(stack, 'Key', { policy: new iam.PolicyDocument({ statements: [admin] }) });
    expect(key.grantDecrypt(newRole(stack)).success).toBe(true);
    expect(keyPolicyOf(key)).toHaveLength(1);
  });
});

describe('a role of another account', () => {
  function grantAcross(keyOf: (keys: Stack) => kms.IKey) {
    const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
    const elsewhere = newStack(app, 'Elsewhere', { account: OTHER_ACCOUNT, region: REGION });
    keyOf(newStack(app)).grantDecrypt(newRole(elsewhere, 'Role', 'reader'));
    return identityStatements(elsewhere)[0].Resource;
  }

  test('may use our key', () => {
    expect(grantAcross((keys) => new CustomerManagedKey(keys, 'Key'))).toMatchObject({ 'Fn::GetStackOutput': { StackName: 'Keys' } });
  });

  test('may use every key with kms.Key', () => {
    expect(grantAcross((keys) => new kms.Key(keys, 'Key'))).toBe('*');
  });
});

describe('a service principal', () => {
  test('lets in only this account with ours', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    key.via(KmsService.SQS).grantDecrypt(new iam.ServicePrincipal('sns.amazonaws.com'));
    expect(statement(key, 'UseBySns').Condition).toEqual({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } });
  });

  test('lets in whoever the service acts for with kms.Key', () => {
    const key = new kms.Key(newStack(), 'Key');
    key.grantDecrypt(new iam.ServicePrincipal('sns.amazonaws.com'));
    expect(keyPolicyOf(key).at(-1)?.Condition).toBeUndefined();
  });
});

describe('a secret beside its key, read by a role of another stack', () => {
  function readAcross(keyOf: (keys: Stack) => kms.IKey) {
    const app = newApp();
    const keys = newStack(app);
    const role = newRole(newStack(app, 'Users'));
    new secretsmanager.Secret(keys, 'Secret', { encryptionKey: keyOf(keys) }).grantRead(role);
    return { keys, role };
  }

  test('makes no cycle with ours', () => {
    const { role } = readAcross((keys) => new CustomerManagedKey(keys, 'Key').via(KmsService.SECRETS_MANAGER));
    expect(identityStatements(Stack.of(role))).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('makes one with kms.Key, as soon as the secret is beside the key (aws/aws-cdk#14213)', () => {
    const { keys } = readAcross((stack) => new kms.Key(stack, 'Key'));
    expect(() => Template.fromStack(keys)).toThrow(/cyclic reference/);
  });
});

describe('an alias', () => {
  test('is retained with our key', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { alias: 'billing' });
    Template.fromStack(Stack.of(key)).hasResource('AWS::KMS::Alias', { DeletionPolicy: resourceOf(key).DeletionPolicy });
  });

  test('of kms.Key is deleted while the key is retained (aws/aws-cdk#38217)', () => {
    const key = new kms.Key(newStack(), 'Key', { alias: 'billing', removalPolicy: RemovalPolicy.RETAIN });
    const [alias] = Object.values(Template.fromStack(Stack.of(key)).findResources('AWS::KMS::Alias'));
    expect([resourceOf(key).DeletionPolicy, alias.DeletionPolicy]).toEqual(['Retain', undefined]);
  });
});

describe('a policy over the budget', () => {
  const roles = Array.from({ length: 500 }, (_, index) => roleArn(`an-application-with-a-long-name-${index}`));

  test('fails with ours', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    roles.forEach((role) => key.grantDecrypt(role));
    expect(problemsAtSynth(key)[0]).toMatch(/PolicyTooLarge: the key policy has \d+ bytes, and AWS KMS takes 32768/);
  });

  test('synthesizes with kms.Key', () => {
    const key = new kms.Key(newStack(), 'Key');
    roles.forEach((role) => key.grantDecrypt(role));
    expect(JSON.stringify(keyPolicyOf(key)).length).toBeGreaterThan(32_768);
  });
});

describe('a key spec that AWS KMS does not take for the usage', () => {
  const spec = { keySpec: kms.KeySpec.ECC_NIST_EDWARDS25519, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT };

  test('fails with ours', () => {
    expect(() => new CustomerManagedKey(newStack(), 'Key', spec)).toThrow(/^KeySpecNotForUsage: keySpec ECC_NIST_EDWARDS25519 cannot be used for ENCRYPT_DECRYPT/);
  });

  test('synthesizes with kms.Key', () => {
    expect(propertiesOf(new kms.Key(newStack(), 'Key', spec))).toMatchObject({ KeySpec: 'ECC_NIST_EDWARDS25519' });
  });
});
