import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { KmsService } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { executionRoles } from '../../src/access/execution-roles';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { ACCOUNT, newRole, newStack, REGION } from '../support/key-stack';
import { THERE, TwoRegionsKey } from '../support/two-regions-key';

const deployer = (region: string) => `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${region}`;
const through = (region: string) => ({ 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:CallerAccount': ACCOUNT });

const templates = ({ app }: TwoRegionsKey) => readAssembly(app.synth().directory);

/** A key with replicas in two Regions, and a reader beside each of two buckets. */
function modelOf(): AccessModel {
  const keys = new TwoRegionsKey();
  const replica = keys.replica();
  keys.primary.replicaIn(newStack(keys.app, 'KeysInAmerica', { account: ACCOUNT, region: 'us-east-1' }), 'Key');
  new s3.Bucket(keys.here, 'Tokens', { encryptionKey: keys.primary.via(KmsService.S3) }).grantRead(newRole(keys.here, 'Reader', 'reader'));
  new s3.Bucket(keys.there, 'Tokens', { encryptionKey: replica.via(KmsService.S3) }).grantRead(newRole(keys.there, 'Reader', 'reader-there'));
  replica.grantDecrypt(newRole(keys.there, 'Direct', 'direct-there'));
  new iam.Role(keys.there, 'Scoped', { roleName: 'scoped', assumedBy: new iam.AccountRootPrincipal(), inlinePolicies: { Deploy: replica.deployPermissions() } });
  return new AccessModel(templates(keys), { identities: executionRoles(templates(keys)) });
}

let model: AccessModel;
beforeAll(() => {
  model = modelOf();
});

const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const [HERE, ACROSS] = ['Keys/Key961B73FD', 'KeysThere/Key961B73FD'];

test.each<[who: string, does: string, key: string, context: object, verdict: string]>([
  ['reader', 'Decrypt', HERE, through(REGION), 'allowed'],
  ['reader', 'Decrypt', ACROSS, through(THERE), 'denied'],
  ['reader-there', 'Decrypt', ACROSS, through(THERE), 'allowed'],
  ['reader-there', 'Decrypt', ACROSS, through(REGION), 'denied'],
  ['reader-there', 'Decrypt', HERE, through(REGION), 'denied'],
  ['direct-there', 'Decrypt', ACROSS, {}, 'allowed'],
  ['direct-there', 'Decrypt', HERE, {}, 'denied'],
])('%s does %s with %s under %j: %s', (who, does, key, context, verdict) => {
  expect(model.decide({ principal: role(who), key, action: `kms:${does}`, context: context as Record<string, unknown>, complete: true }).verdict).toBe(verdict);
});

test.each<[who: string, region: string, verdict: string]>([
  [deployer(THERE), THERE, 'allowed'],
  [deployer(THERE), 'us-east-1', 'denied'],
  [deployer('us-east-1'), 'us-east-1', 'allowed'],
  [deployer(REGION), THERE, 'denied'],
  // It is another role than the one that the stack is deployed with.
  [role('scoped'), THERE, 'denied'],
])('%s makes a replica in %s: %s', (principal, region, verdict) => {
  const asked = { principal, key: HERE, action: 'kms:ReplicateKey', context: { 'kms:ReplicaRegion': region }, complete: true };
  expect(model.decide(asked).verdict).toBe(verdict);
});

test('nobody makes a replica of a replica', () => {
  expect(model.decide({ principal: deployer(THERE), key: ACROSS, action: 'kms:ReplicateKey' }).verdict).toBe('denied');
});

test('a scoped role that deploys the replica makes it, with deployPermissions and nothing else', () => {
  const keys = new TwoRegionsKey();
  const replica = keys.replica({ executionRole: iam.Role.fromRoleName(keys.there, 'Deployer', 'scoped') });
  new iam.Role(newStack(keys.app, 'People'), 'Scoped', {
    roleName: 'scoped', assumedBy: new iam.AccountRootPrincipal(), inlinePolicies: { Deploy: replica.deployPermissions() },
  });
  const scoped = new AccessModel(templates(keys));
  const may = (key: string, action: string, region = THERE) =>
    scoped.decide({ principal: role('scoped'), key, action: `kms:${action}`, context: { 'kms:ReplicaRegion': region }, complete: true }).verdict;
  expect([may(HERE, 'ReplicateKey'), may(HERE, 'ReplicateKey', 'us-east-1'), may(HERE, 'PutKeyPolicy'), may(ACROSS, 'PutKeyPolicy')])
    .toEqual(['allowed', 'denied', 'denied', 'allowed']);
});
