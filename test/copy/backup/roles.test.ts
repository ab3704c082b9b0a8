import { Stack } from 'aws-cdk-lib';
import { backedUp, diskIn, filesIn } from '../../support/backups';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newRole, REGION } from '../../support/key-stack';

const LONDON = { account: ACCOUNT, region: REGION };
const THERE = `Data-copies-${SYDNEY}`;

test('the role is assumed by AWS Backup for the account, with the policies that AWS manages', () => {
  const copies = new Copies('strong', LONDON);
  backedUp(copies.data, [filesIn(copies.data)]);
  const { AssumeRolePolicyDocument, ManagedPolicyArns } = theOnly(copies.template('Data'), 'AWS::IAM::Role').Properties;

  expect(AssumeRolePolicyDocument.Statement).toEqual([{
    Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' }, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
  }]);
  expect(JSON.stringify(ManagedPolicyArns)).toMatch(/^[^/]+:iam::aws:policy\/service-role\/AWSBackupServiceRolePolicyForBackup"\]\]\}\]$/);
});

test('a role of yours gets what it needs of the keys, and knows the key of AWS Backup by its alias', () => {
  const copies = new Copies('weak', LONDON);
  const given = newRole(copies.data, 'Given');
  const { role } = backedUp(copies.data, [filesIn(copies.data)], { role: given });
  const { Resources } = copies.template('Data');

  expect(role).toBe(given);
  expect(theOnly({ Resources }, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
  expect(theOnly({ Resources }, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toContainEqual({
    Effect: 'Allow',
    Action: 'kms:DescribeKey',
    Resource: [SYDNEY, REGION].map((region) => `arn:aws:kms:${region}:${ACCOUNT}:key/*`),
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/aws/backup' } },
  });
});

test('the restore role is made when it is asked for, once', () => {
  const copies = new Copies('weak', LONDON);
  const { copies: [made] } = backedUp(copies.data, [diskIn(copies.data)]);

  expect(made.restoreRole).toBe(made.restoreRole);
  expect(Stack.of(made.restoreRole)).toBe(made.destinationStack);
  expect(JSON.stringify(theOnly(copies.template(THERE), 'AWS::IAM::Role').Properties.ManagedPolicyArns)).toContain('service-role/AWSBackupServiceRolePolicyForRestores');
});
