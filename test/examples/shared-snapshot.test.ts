import { type App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { EBS_COPIES } from '../../src/service/ebs-copies';
import { exampleApp, templatesOf } from '../support/example-app';
import { ExampleTemplates } from '../support/example-templates';
import { nagFindings } from '../support/nag';

const [OWNER, OTHER] = ['123456789012', '444455556666'].map((account) => `arn:aws:iam::${account}:root`);
const RESTORE = { snapshotId: 'snap-0123456789abcdef0' };
const templates = new ExampleTemplates('shared-snapshot');
const restored = exampleApp('shared-snapshot', RESTORE);

test('the templates are those that were read', () => {
  expect(templates.stacks).toMatchSnapshot();
});

test('the stack that restores refers to that of the owner, and the owner to nothing', () => {
  expect(templates.references).toEqual({ LedgerOwner: [], LedgerRestore: ['LedgerOwner'] });
});

test('the keys let in nobody but their accounts, and the shared one the other account, to copy through Amazon EC2', () => {
  const statements = templates.keys.map(({ Properties }) => Properties!.KeyPolicy.Statement.filter(({ Effect }: any) => Effect === 'Allow') as any[]);
  const [shared, own] = statements.map((ofOne) => [...new Set(ofOne.map(({ Principal }) => Principal.AWS))]);
  const toOther = statements[0].filter(({ Principal }) => Principal.AWS === OTHER);

  expect([shared, own]).toEqual([[OWNER, OTHER], [OTHER]]);
  expect(toOther).toHaveLength(2);
  toOther.forEach(({ Condition }) => expect(Condition.StringEquals)
    .toEqual({ 'kms:CallerAccount': '444455556666', 'kms:ViaService': 'ec2.eu-west-2.amazonaws.com' }));
});

test('with the id of a copy, the volume of it is under the key there, and nothing else changes', () => {
  const { LedgerRestore: before, ...others } = templates.stacks;
  const { LedgerRestore: after, ...othersAfter } = templatesOf(restored) as typeof templates.stacks;
  const added = Object.values(after.Resources).filter(({ Type }) => Type === 'AWS::EC2::Volume');

  expect(othersAfter).toEqual(others);
  expect(Object.keys(after.Resources)).toEqual(expect.arrayContaining(Object.keys(before.Resources)));
  expect(added.map(({ Properties }) => Properties)).toEqual([
    expect.objectContaining({ SnapshotId: RESTORE.snapshotId, Encrypted: true, KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } }),
  ]);
});

test('what is restored has no finding that is not acknowledged', () => {
  expect(nagFindings(restored)).toEqual([]);
});

describe('who asks', () => {
  const SHARED = 'LedgerOwner/Key';
  const OWN = 'LedgerRestore/Key';
  const COPY = [...EBS_COPIES.useActions!, 'kms:CreateGrant'].map((action) => action.replace('kms:', ''));
  let model: AccessModel;
  beforeAll(() => {
    model = new AccessModel(readAssembly(withBystanders(exampleApp('shared-snapshot', RESTORE)).synth().directory));
  });
  const ask = (principal: string, key: string, does: string) => model.decide({ principal, key, action: `kms:${does}` });

  test.each([SHARED, OWN].flatMap((key) => COPY.map((does) => [does, key])))('Restorer may %s with %s, through Amazon EC2', (does, key) => {
    const { verdict, conditions } = ask('LedgerRestore/Restorer', key, does);

    expect(verdict).toBe('conditional');
    expect(conditions).not.toEqual([]);
    conditions.forEach((together) => expect(together).toContainEqual(
      expect.objectContaining({ key: 'kms:ViaService', values: ['ec2.eu-west-2.amazonaws.com'] })));
  });

  test('grants on the key that is shared are for AWS resources', () => {
    const { conditions } = ask('LedgerRestore/Restorer', SHARED, 'CreateGrant');

    expect(conditions).not.toEqual([]);
    conditions.forEach((together) => expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
  });

  test.each<[who: string, does: string, key: string, verdict: string]>([
    ['LedgerOwner/Operator', 'CreateGrant', SHARED, 'conditional'],
    ['LedgerOwner/Operator', 'CreateGrant', OWN, 'denied'],
    ['LedgerOwner/Operator', 'Decrypt', OWN, 'denied'],
    // The account is let in: its own IAM says who may, and its administrators still decide nothing about the key.
    ['LedgerRestore/Administrator', 'ReEncryptFrom', SHARED, 'conditional'],
    ['LedgerRestore/Administrator', 'PutKeyPolicy', SHARED, 'denied'],
    ['LedgerRestore/Administrator', 'ScheduleKeyDeletion', SHARED, 'denied'],
    ['LedgerRestore/Restorer', 'PutKeyPolicy', OWN, 'denied'],
    ['LedgerOwner/Administrator', 'ReEncryptFrom', OWN, 'denied'],
    ['LedgerOwner/Administrator', 'PutKeyPolicy', OWN, 'denied'],
  ])('%s for %s with %s: %s', (who, does, key, verdict) => {
    expect(ask(who, key, does)).toMatchObject({ verdict });
  });

  test.each([SHARED, OWN].flatMap((key) => COPY.map((does) => [does, key])))('who copies snapshots and has nothing of the keys may not %s with %s', (does, key) => {
    expect(ask('LedgerRestore/Bystander', key, does)).toMatchObject({ verdict: 'denied' });
  });
});

/** In each account, one who may do everything with AWS KMS by its IAM policy, and one who copies snapshots. */
function withBystanders(app: App): App {
  app.node.children.filter((child) => Stack.isStack(child)).forEach((stack) => {
    const allow = (id: string, action: string) => new iam.Role(stack, id, { assumedBy: new iam.AccountPrincipal(stack.account) })
      .addToPolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] }));
    allow('Administrator', 'kms:*');
    allow('Bystander', 'ec2:*');
  });
  return app;
}
