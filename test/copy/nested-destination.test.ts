import { CfnOutput, CfnResource, CrossStackReferences, NestedStack, ReferenceStrength } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { BucketDestination, CustomerManagedKey, EncryptedBucket, SnapshotDestination } from '../../src';
import { replicatedBucket, ruleIn } from '../support/bucket-copies';
import { Copies, ledgerIn, replicated, SYDNEY } from '../support/copies';
import { ACCOUNT, newStack, REGION } from '../support/key-stack';

const LONDON = { account: ACCOUNT, region: REGION };
const IN_SYDNEY = { account: ACCOUNT, region: SYDNEY };

describe.each(['weak', 'strong'] as const)('a key in a stack that is nested twice, by %s references', (references) => {
  const copy = () => {
    const copies = new Copies(references, LONDON);
    const there = newStack(copies.app, 'There', IN_SYDNEY);
    const nested = new NestedStack(new NestedStack(there, 'Outer'), 'Inner');
    return { ...copies, there, copy: replicated(ledgerIn(copies.data), SnapshotDestination.ofStack(nested, new CustomerManagedKey(nested, 'Key'))) };
  };

  test('is read from an output of the stack that is deployed, which never waits for its users', () => {
    const { app } = copy();
    const templates = app.synth().stacksRecursively.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);

    expect(Object.fromEntries(templates).Data).toContain('{"Fn::GetStackOutput":{"StackName":"There","Region":"ap-southeast-2"');
    templates.forEach(([, template]) => expect(template).not.toMatch(/ImportValue|Custom::CrossRegionExport/));
  });

  test('has that stack deployed before the source', () => {
    const { data, there, copy: { destinationStack } } = copy();

    expect([destinationStack, ...data.dependencies]).toEqual([there, there]);
  });
});

test.each(['weak', 'strong'] as const)('a bucket in a nested stack is read from an output of the stack that is deployed, by %s references', (references) => {
  const copies = new Copies(references);
  const there = newStack(copies.app, 'There', IN_SYDNEY);
  const { destinationStack } = replicatedBucket(copies.data, 'Invoices', {
    destination: BucketDestination.ofBucket(new EncryptedBucket(new NestedStack(there, 'Nested'), 'Vault')),
  });
  const templates = copies.app.synth().stacksRecursively.map(({ template }) => JSON.stringify(template));

  expect(ruleIn(copies.template('Data')).Destination).toMatchObject({
    Bucket: { 'Fn::GetStackOutput': { StackName: 'There' } }, EncryptionConfiguration: { ReplicaKmsKeyID: { 'Fn::GetStackOutput': { StackName: 'There' } } },
  });
  templates.forEach((template) => expect(template).not.toMatch(/ImportValue|Custom::CrossRegionExport/));
  expect([destinationStack!.nestedStackParent, ...copies.data.dependencies]).toEqual([there, there]);
});

test.each<[string, (resource: CfnResource) => void, boolean]>([
  ['is not exported any more', () => undefined, false],
  ['is still exported for one deployment, on demand', (resource) => CrossStackReferences.of(resource).produce(ReferenceStrength.BOTH), true],
])('what a stack there imports from the nested stack of the key %s', (_what, keep, exported) => {
  const { app, data } = new Copies('strong', LONDON);
  const nested = new NestedStack(newStack(app, 'There', IN_SYDNEY), 'Nested');
  const other = new kms.Key(nested, 'Other');
  new CfnOutput(newStack(app, 'Users', IN_SYDNEY), 'OtherKey', { value: other.keyId });
  replicated(ledgerIn(data), SnapshotDestination.ofStack(nested, new CustomerManagedKey(nested, 'Key')));
  keep(nested.nestedStackResource!);
  const assembly = app.synth();
  const [there, users] = ['There', 'Users'].map((name) => JSON.stringify(assembly.getStackByName(name).template.Outputs));

  expect(users).toContain('GetStackOutput');
  expect(there.includes('"Export"')).toBe(exported);
});
