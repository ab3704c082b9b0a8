import { Environment, RemovalPolicy, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MultiRegionKey } from '../../src';
import { regionInSid } from '../../src/key/replica-place';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION } from '../support/key-stack';
import { THERE, TwoRegionsKey } from '../support/two-regions-key';

const IN = (region: string, account = ACCOUNT) => ({ account, region });
const ONE_EACH = 'ReplicaRegionInvalid: a multi-Region key has one key in a Region, and all in one partition, given: ';
const UNKNOWN = (stack: string) => 'ReplicaRegionUnknown: the Regions of a primary key and its replicas are known before deployment, given: '
  + `the stack ${stack}, whose Region is not; give it an env with a region [at KeysThere/Key]`;
const ACCOUNTS = (given: string) => `ReplicaOfAnotherAccount: a replica is in the account of its primary key, given: ${given}; `
  + 'give both stacks the same account in their env, and let other accounts in by grants [at KeysThere/Key]';

test.each<[string, Environment, Environment, string]>([
  ['the Region of the primary key', IN(REGION), IN(REGION),
    `${ONE_EACH}eu-west-2, where the primary key Keys/Key is; use that one there, or make the replica in a stack of another Region [at KeysThere/Key]`],
  ['a Region that is not known', IN(REGION), {}, UNKNOWN('KeysThere')],
  ['any Region, of a primary key whose Region is not known', {}, IN(THERE), UNKNOWN('Keys')],
  ['another partition', IN(REGION), IN('cn-north-1'),
    `${ONE_EACH}cn-north-1 of the partition aws-cn, for a primary key in eu-west-2 of aws; make the replica in a stack of another Region [at KeysThere/Key]`],
  ['another account', IN(REGION), IN(THERE, OTHER_ACCOUNT), ACCOUNTS(`${OTHER_ACCOUNT}, for a primary key in ${ACCOUNT}`)],
  ['an account that is not known', IN(REGION), { region: THERE }, ACCOUNTS(`an account that is known at deployment only, for a primary key in ${ACCOUNT}`)],
])('fails in %s', (_where, here, there, message) => {
  expect(() => new TwoRegionsKey({}, newApp(), here, there).replica()).toThrow(new Error(message));
});

test('fails where the Region has a replica of the key', () => {
  const keys = new TwoRegionsKey();
  keys.replica();
  expect(() => keys.primary.replicaIn(newStack(keys.app, 'Third', IN(THERE)), 'Key')).toThrow(new Error(
    `${ONE_EACH}eu-west-1, where KeysThere/Key is a replica of the same key; use that one there, or make the replica in a stack of another Region [at Third/Key]`));
});

test('another key may have a replica in the same Region', () => {
  const keys = new TwoRegionsKey();
  keys.replica();
  expect(() => new MultiRegionKey(keys.here, 'Second').replicaIn(keys.there, 'Second')).not.toThrow();
});

test('fails in another Stage', () => {
  const keys = new TwoRegionsKey();
  const stage = new Stage(keys.app, 'Prod');
  expect(() => keys.primary.replicaIn(newStack(stage as never, 'Third', IN(THERE)), 'Key')).toThrow(new Error(
    'ReplicaOfAnotherStage: stacks refer to others of their Stage only, given: a primary key at Keys/Key; make both in one Stage [at Prod/Third/Key]'));
});

test.each([RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])('fails where a replica with %s would keep a deleted primary key waiting', (removalPolicy) => {
  expect(() => new TwoRegionsKey({ removalPolicy: RemovalPolicy.DESTROY }).replica({ removalPolicy })).toThrow(new Error(
    `ReplicaOutlivesPrimary: AWS KMS deletes a primary key only after its replicas, given: removalPolicy ${removalPolicy} for the replica of a key with destroy; `
    + 'leave removalPolicy of the replica out, or retain the primary key [at KeysThere/Key]'));
});

const NAMELESS = (prop: string, path: string) => `PrincipalWithoutName: ${prop} of a replica is named in a key policy of another Region, given: ${path}, `
  + 'whose name is known at deployment only; give it a name, or name one that exists [at KeysThere/Key]';

test('fails where administrators of another Region have no name', () => {
  const app = newApp();
  const keys = new TwoRegionsKey({ administrators: [newRole(newStack(app, 'Users'))] }, app);
  expect(() => keys.replica()).toThrow(new Error(NAMELESS('administrators', 'Users/Role')));
});

test('fails where the execution role of a replica has no name', () => {
  const keys = new TwoRegionsKey();
  expect(() => keys.replica({ executionRole: new iam.Role(keys.there, 'Role', { assumedBy: new iam.AccountRootPrincipal() }) }))
    .toThrow(new Error(NAMELESS('executionRole', 'KeysThere/Role')));
});

test.each([['eu-west-1', 'EuWest1'], ['us-gov-east-1', 'UsGovEast1'], ['cn-northwest-1', 'CnNorthwest1']])('%s in a Sid is %s', (region, sid) => {
  expect(regionInSid(region)).toBe(sid);
});
