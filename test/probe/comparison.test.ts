import { compared, notSeen } from './comparison';
import { KmsCall } from './kms-call';
import { KmsService } from '../../src';

const call = (more: Partial<KmsCall>): KmsCall => ({
  key: 'arn:aws:kms:eu-west-2:111122223333:key/a', action: 'kms:Decrypt', principal: 'arn:aws:iam::111122223333:role/Engineer', byService: false, via: 'ec2', context: {}, ...more,
});
const grant = (operations: string[], more: Partial<KmsCall> = {}) => call({ action: 'kms:CreateGrant', grant: { grantee: 'ec2.amazonaws.com', operations }, ...more });

describe('a call through a service', () => {
  test.each<[string, Partial<KmsCall>, KmsService[], string]>([
    ['is listed for callers', {}, [KmsService.EBS], 'listed for callers of Amazon EBS'],
    ['is listed for deployment', { action: 'kms:CreateGrant' }, [KmsService.EBS], 'listed for callers of Amazon EBS'],
    ['is listed for one of its services', { action: 'kms:Encrypt' }, [KmsService.EBS, KmsService.EBS_COPIES], 'listed for callers of Amazon EBS copies'],
    ['has a known encryption context', { context: { 'aws:ebs:id': 'vol-1' } }, [KmsService.EBS], 'listed for callers of Amazon EBS'],
    ['comes through a service that is not named', { via: '?' }, [KmsService.EBS], 'listed for callers of Amazon EBS, through a service that the record does not name'],
    ['has an encryption context that the catalogue is not sure of', { via: 'backup', context: { 'aws:backup:backup-vault': 'a' } }, [KmsService.BACKUP],
      'the encryption context aws:backup:backup-vault, of which the catalogue is not sure, was sent'],
  ])('agrees where it %s', (_what, more, services, because) => {
    expect(compared(call(more), services, [])).toEqual({ verdict: 'agrees', because });
  });

  test.each<[string, Partial<KmsCall>, KmsService[], string]>([
    ['is not listed', { action: 'kms:Encrypt' }, [KmsService.EBS], 'not listed for callers of Amazon EBS'],
    ['comes through another service', { via: 'dlm' }, [KmsService.EBS], 'through dlm; the catalogue has ec2'],
    ['has an encryption context that the catalogue lacks', { context: { 'aws:dlm:policy': 'a' } }, [KmsService.EBS], 'the catalogue has no encryption context aws:dlm:policy'],
    ['is refused', { error: 'AccessDenied' }, [KmsService.EBS], 'refused under our statements: AccessDenied'],
  ])('differs where it %s', (_what, more, services, because) => {
    expect(compared(call(more), services, [])).toEqual({ verdict: 'differs', because });
  });

  test('of a service-linked role is that of the role', () => {
    const principal = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

    expect(compared(call({ principal }), [KmsService.EC2_AUTO_SCALING], []).because).toBe('listed for AWSServiceRoleForAutoScaling');
    expect(compared(call({ principal, action: 'kms:Sign' }), [KmsService.EC2_AUTO_SCALING], []).because).toBe('not listed for AWSServiceRoleForAutoScaling');
  });
});

describe('a call under a grant', () => {
  const [asEc2] = [call({ action: 'kms:Encrypt' })];

  test('agrees where a grant on the key has the operation', () => {
    expect(compared(asEc2, [KmsService.EBS], [grant(['Encrypt'])])).toEqual({ verdict: 'agrees', because: 'under a grant to ec2.amazonaws.com' });
  });

  test.each([
    ['has other operations', grant(['Decrypt'])],
    ['is on another key', grant(['Encrypt'], { key: 'arn:aws:kms:eu-west-2:111122223333:key/b' })],
    ['was refused', grant(['Encrypt'], { error: 'AccessDenied' })],
  ])('differs where the grant %s', (_what, made) => {
    expect(compared(asEc2, [KmsService.EBS], [made]).verdict).toBe('differs');
  });
});

describe('a call of a service itself', () => {
  const itself = { byService: true, via: undefined };
  const own = (principal: string, action: string) => compared(call({ principal, action, ...itself }), [KmsService.CLOUDWATCH_LOGS], []);

  test('agrees where its principal and action are listed', () => {
    expect(own('logs.eu-west-2.amazonaws.com', 'kms:Decrypt')).toEqual({ verdict: 'agrees', because: 'listed for logs.eu-west-2.amazonaws.com' });
  });

  test('differs where its principal or action is not', () => {
    expect(own('logs.eu-west-2.amazonaws.com', 'kms:Sign').because).toBe('not listed for logs.eu-west-2.amazonaws.com');
    expect(own('sns.amazonaws.com', 'kms:Decrypt').because).toBe('the catalogue has no service principal sns.amazonaws.com');
  });
});

test('a call of an execution role itself agrees where the service has such roles', () => {
  const direct = call({ via: undefined, principal: 'arn:aws:iam::111122223333:role/kms-probe/a' });

  expect(compared(direct, [KmsService.STEP_FUNCTIONS], []).because).toBe('listed for execution roles');
  expect(compared(direct, [KmsService.EBS], []).because).toBe('not listed: called by arn:aws:iam::111122223333:role/kms-probe/a itself, through no service');
});

test('what the catalogue lists and nobody called was not seen', () => {
  const calls = ['kms:CreateGrant', 'kms:GenerateDataKey'].map((action) => call({ action }));

  expect(notSeen(calls, [KmsService.BACKUP])).toEqual(
    ['kms:Decrypt', 'kms:DescribeKey', 'kms:RetireGrant'].map((action) => ({ action, service: 'AWS Backup' })));
});
