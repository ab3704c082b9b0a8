import { Aws, CfnParameter, Fn } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService } from '../../src';
import { policySize } from '../../src/key/policy-size';
import { keyPolicyOf, problemsAtSynth } from '../support/key-policy';
import { ACCOUNT, newRole, newStack, OTHER_ACCOUNT, roleArn } from '../support/key-stack';

const bytes = (value: unknown) => JSON.stringify(value).length;
const UNKNOWN = 128;

describe('the size of a policy', () => {
  test.each<[string, unknown, number]>([
    ['a literal in bytes, not letters', 'é', '"é"'.length + 1],
    ['an account id', Aws.ACCOUNT_ID, bytes(ACCOUNT)],
    ['a Region at its longest', Aws.REGION, bytes('ap-southeast-2')],
    ['a partition at its longest', Aws.PARTITION, bytes('aws-us-gov')],
    ['a joined text by its parts', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root`, bytes(`arn:aws-us-gov:iam::${ACCOUNT}:root`)],
    ['what is known at deployment only at its longest', Fn.importValue('Role'), UNKNOWN + 2],
    ['a list that is known at deployment only at its longest', Fn.join(',', Fn.getAzs()), UNKNOWN + 2],
    ['what is inside', { Statement: [{ Sid: Aws.ACCOUNT_ID }] }, bytes({ Statement: [{ Sid: ACCOUNT }] })],
  ])('counts %s', (_name, value, size) => {
    expect(policySize(newStack(undefined, 'Keys', {}), value)).toBe(size);
  });

  test('counts a parameter at its longest', () => {
    const stack = newStack();
    expect(policySize(stack, new CfnParameter(stack, 'Role').valueAsString)).toBe(UNKNOWN + 2);
  });

  test('is no more than the policy has where all is known', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    key.via(KmsService.S3);
    expect(policySize(key, { Version: '2012-10-17', Statement: keyPolicyOf(key) })).toBe(bytes({ Version: '2012-10-17', Statement: keyPolicyOf(key) }));
  });
});

describe('the budget', () => {
  test('is kept by fifteen services, at about 8 KB', () => {
    const key = new CustomerManagedKey(newStack(undefined, 'Keys', {}), 'Key');
    const services = [
      KmsService.CLOUDWATCH_ALARMS, KmsService.CLOUDWATCH_LOGS, KmsService.DYNAMODB, KmsService.EBS, KmsService.EC2_AUTO_SCALING, KmsService.EFS,
      KmsService.EVENTBRIDGE, KmsService.KINESIS, KmsService.LAMBDA, KmsService.PARAMETER_STORE, KmsService.RDS, KmsService.S3,
      KmsService.SECRETS_MANAGER, KmsService.SNS, KmsService.SQS,
    ];
    services.forEach((service) => key.via(service));
    [KmsService.SNS, KmsService.SQS].forEach((service) => key.via(service).grantDecrypt(new iam.ServicePrincipal('s3.amazonaws.com')));
    expect(services).toHaveLength(15);
    expect(policySize(key, { Version: '2012-10-17', Statement: keyPolicyOf(key) })).toBeLessThan(9 * 1024);
  });

  test('is kept by the whole catalogue, in less than half', () => {
    const key = new CustomerManagedKey(newStack(undefined, 'Keys', {}), 'Key');
    KmsService.all().forEach((service) => key.via(service));
    expect(policySize(key, { Version: '2012-10-17', Statement: keyPolicyOf(key) })).toBeLessThan(32_768 / 2);
  });

  test('does not grow with those who use the key through a service', () => {
    const sizeWith = (consumers: number) => {
      const key = new CustomerManagedKey(newStack(), 'Key');
      const view = key.via(KmsService.S3);
      Array.from({ length: consumers }).forEach((_, index) => view.grantEncryptDecrypt(newRole(key.stack, `Role${index}`)));
      return policySize(key, keyPolicyOf(key));
    };
    expect(sizeWith(20)).toBe(sizeWith(0));
  });

  test('fails when it is exceeded, with the size', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    Array.from({ length: 500 }).forEach((_, index) => key.grantDecrypt(roleArn(`an-application-with-a-long-name-${index}`)));
    const [problem] = problemsAtSynth(key);
    const size = /has (\d+) bytes/.exec(problem)![1];
    expect(problem).toBe(`[Keys/Key] PolicyTooLarge: the key policy has ${size} bytes, and AWS KMS takes 32768; `
      + 'hand the key to services with via() instead of granting direct use to each principal, or use a key for each classification of data');
    expect(Number(size)).toBeGreaterThan(32_768);
  });

  test('is not exceeded by as many accounts as a company has', () => {
    const key = new CustomerManagedKey(newStack(), 'Key');
    const accounts = Array.from({ length: 50 }, (_, index) => String(Number(OTHER_ACCOUNT) + index));
    accounts.forEach((account) => key.via(KmsService.S3).grantDecrypt(new iam.AccountPrincipal(account)));
    expect(problemsAtSynth(key)).toEqual([]);
  });
});
