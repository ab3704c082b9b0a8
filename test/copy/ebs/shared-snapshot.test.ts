import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EncryptedVolume, KmsService } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { EBS_COPIES } from '../../../src/service/ebs-copies';
import { Copies } from '../../support/copies';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { volumeIn } from '../../support/snapshots';

const COPY = [...EBS_COPIES.useActions!, 'kms:CreateGrant'];
const SHARED = 'Data/Ledger/Key';
const OWN = 'Archive/Key';

/** A snapshot of one account is copied by another under its own key, and a volume made of the copy. */
function modelOf(): AccessModel {
  const { app, data } = new Copies('weak', { account: ACCOUNT, region: REGION });
  const archive = newStack(app, 'Archive', { account: OTHER_ACCOUNT, region: REGION });
  const ledger = volumeIn(data);
  ledger.grantAttachVolume(new iam.Role(data, 'Operator', { assumedBy: new iam.AccountRootPrincipal() }));
  const role = (id: string) => new iam.Role(archive, id, { assumedBy: new iam.AccountRootPrincipal(), roleName: id });
  const copier = role('Copier');
  const key = new CustomerManagedKey(archive, 'Key');
  [ledger.encryptionKey, key].forEach((one) => one.via(KmsService.EBS_COPIES).grant(copier, ...COPY));
  new EncryptedVolume(archive, 'Ledger', { availabilityZone: 'eu-west-2a', snapshotId: 'snap-0123456789abcdef0', encryptionKey: key })
    .grantAttachVolume(role('Restorer'));
  return new AccessModel(readAssembly(app.synth().directory));
}

describe('a snapshot that is shared with another account', () => {
  let model: AccessModel;
  beforeAll(() => {
    jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(console, 'error').mockImplementation();
    model = modelOf();
  });

  const ask = (principal: string, key: string, action: string) => model.decide({ principal, key, action: `kms:${action}` });

  test.each([SHARED, OWN].flatMap((key) => COPY.map((action) => [key, action.replace('kms:', '')])))(
    'is copied by a role there through Amazon EC2, from the one key to the other: %s, %s', (key, action) => {
      expect(ask('Archive/Copier', key, action)).toMatchObject({
        verdict: 'conditional',
        conditions: expect.arrayContaining([expect.arrayContaining([expect.objectContaining({ key: 'kms:ViaService', values: [`ec2.${REGION}.amazonaws.com`] })])]),
      });
    });

  test('has grants made for AWS resources only', () => {
    ask('Archive/Copier', SHARED, 'CreateGrant').conditions.forEach((together) =>
      expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
  });

  test.each(['Decrypt', 'CreateGrant', 'ReEncryptFrom'])('is not for whoever restores there: %s', (action) => {
    expect(ask('Archive/Restorer', SHARED, action)).toMatchObject({ verdict: 'denied' });
  });

  test('is restored under the key there, which is nothing to the account that shared it', () => {
    expect(ask('Archive/Restorer', OWN, 'CreateGrant')).toMatchObject({ verdict: 'conditional' });
    ['Decrypt', 'CreateGrant', 'ReEncryptTo'].forEach((action) => expect(ask('Data/Operator', OWN, action)).toMatchObject({ verdict: 'denied' }));
  });
});
