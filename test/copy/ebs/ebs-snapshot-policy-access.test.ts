import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EncryptedVolume } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { serviceGrants } from '../../../src/access/service-grants';
import { describeByReferences } from '../../support/by-references';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { nightly, volumeIn } from '../../support/snapshots';
import { References } from '../../support/three-stacks';

const SOURCE = 'Data/Ledger/Key';
const THERE = `Data-copies-${SYDNEY}/Key`;
const COPY = ['DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo', 'ReEncryptFrom', 'Decrypt'];
const VIA = { operator: 'StringEquals', key: 'kms:ViaService', values: [`ec2.${SYDNEY}.amazonaws.com`, `ec2.${REGION}.amazonaws.com`] };
const COPIES = 'Data/Nightly/Role';

/** Who uses the volume, who deploys the policy, and who restores there, in stacks of their own. */
function modelOf(references: References): AccessModel {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  const users = newStack(copies.app, 'Users', { account: ACCOUNT, region: REGION });
  const role = (id: string, inlinePolicies?: { [name: string]: iam.PolicyDocument }) => new iam.Role(users, id, {
    assumedBy: new iam.AccountRootPrincipal(), inlinePolicies, roleName: id,
  });
  const ledger = volumeIn(copies.data);
  const { destinationStacks: [there], destinationKeys: [encryptionKey] } = nightly(copies.data, { volumeKeys: [ledger.encryptionKey] });
  ledger.grantAttachVolume(role('Operator'));
  role('SourceDeployer', { Source: (ledger.encryptionKey as CustomerManagedKey).deployPermissions() });
  role('Bystander');
  const restored = new EncryptedVolume(there, 'Ledger', { availabilityZone: `${SYDNEY}a`, snapshotId: 'snap-0123456789abcdef0', encryptionKey });
  const reader = new iam.Role(there, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  restored.grantAttachVolume(reader);
  return new AccessModel(readAssembly(copies.app.synth().directory));
}

describeByReferences(modelOf, (model) => {
  const ask = (principal: string, key: string, action: string) => model().decide({ principal, key, action: `kms:${action}` });

  test.each([SOURCE, THERE].flatMap((key) => COPY.map((action) => [key, action])))('the role of the policy copies through Amazon EC2 of both Regions: %s, %s', (key, action) => {
    const { verdict, conditions } = ask(COPIES, key, action);

    // Whoever may describe every key of the account needs no service between.
    expect(verdict).toBe('conditional');
    expect(conditions).toContainEqual(expect.arrayContaining([VIA]));
  });

  test.each([SOURCE, THERE].flatMap((key) => ['CreateGrant', 'ListGrants', 'RevokeGrant'].map((action) => [key, action])))(
    'the role of the policy has grants made for AWS resources only: %s, %s', (key, action) => {
      const { verdict, conditions } = ask(COPIES, key, action);

      expect(verdict).toBe('conditional');
      conditions.forEach((together) => expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
    });

  test.each(['Operator', 'SourceDeployer', 'Bystander'].flatMap((who) => ['Decrypt', 'ReEncryptFrom', 'GenerateDataKey', 'CreateGrant'].map((action) => [who, action])))(
    '%s, who has nothing to do there, is denied %s of what is copied', (who, action) => {
      expect(ask(`Users/${who}`, THERE, action)).toMatchObject({ verdict: 'denied' });
    });

  test('whoever attaches what is restored there uses the key there, and not that of the source', () => {
    const reader = `Data-copies-${SYDNEY}/Reader`;

    expect(ask(reader, THERE, 'CreateGrant')).toMatchObject({ verdict: 'conditional' });
    ['CreateGrant', 'Decrypt'].forEach((action) => expect(ask(reader, SOURCE, action)).toMatchObject({ verdict: 'denied' }));
  });

  test('the copies, and what is restored from them, are under the key there, for which the role has grants', () => {
    const key = model().key(THERE);

    expect(keyUses(model(), key).map(({ type, property }) => `${type} ${property}`).sort()).toEqual([
      'AWS::DLM::LifecyclePolicy PolicyDetails.Schedules.CrossRegionCopyRules.CmkArn', 'AWS::EC2::Volume KmsKeyId',
    ]);
    expect(serviceGrants(model(), key).find(({ service }) => service === 'Amazon EBS copies')!.makers.map(({ identity }) => identity.logicalId))
      .toContainEqual(expect.stringMatching(/^NightlyRole/));
  });

  test.each(['dlm.amazonaws.com', 'ec2.amazonaws.com'])('%s does nothing by itself there', (principal) => {
    expect(ask(principal, THERE, 'Decrypt')).toMatchObject({ verdict: 'denied' });
  });
});
