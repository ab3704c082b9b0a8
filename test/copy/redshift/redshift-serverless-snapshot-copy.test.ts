import { Aspects, Duration, Token } from 'aws-cdk-lib';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import { CustomerManagedKey, KmsService, RedshiftServerlessSnapshotCopy, SnapshotDestination } from '../../../src';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { templateDifference } from '../../support/template-difference';
import { copiedServerless, namespaceIn } from '../../support/warehouse-copies';

const LONDON = { account: ACCOUNT, region: REGION };
const THERE = `Data-copies-${SYDNEY}`;
const KEY_THERE = { 'Fn::GetStackOutput': { StackName: THERE, Region: SYDNEY, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };
const VIA = ['redshift', 'redshift-data', 'redshift-serverless'].flatMap((service) => [SYDNEY, REGION].map((region) => `${service}.${region}.amazonaws.com`)).sort();
const keyArn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('a property of the namespace is all that becomes of it, beside what lets Amazon Redshift in', () => {
    const [plain, copied] = [false, true].map((copies) => {
      const { data, app } = new Copies(references, LONDON);
      const warehouse = namespaceIn(data);
      if (copies) {
        copiedServerless(warehouse, { snapshotRetention: Duration.days(90) });
      }
      return app.synth().getStackByName('Data').template;
    });
    const { added, removed, changed } = templateDifference(plain, copied);
    const policy = /^Resources\.WarehouseKey\w+\.Properties\.KeyPolicy\.Statement/;
    const property = 'Resources.Warehouse.Properties.SnapshotCopyConfigurations';

    expect(Object.fromEntries(Object.entries(added).filter(([path]) => !policy.test(path)))).toEqual({
      [property]: [{ DestinationRegion: SYDNEY, DestinationKmsKeyId: KEY_THERE, SnapshotRetentionPeriod: 90 }],
    });
    expect([...Object.keys(removed), ...Object.keys(changed)].filter((path) => !policy.test(path))).toEqual([]);
  });

  test('the stack there has a key and its alias, and refers to nothing', () => {
    const copies = new Copies(references, LONDON);
    copiedServerless(namespaceIn(copies.data));
    const assembly = copies.app.synth();
    const there = assembly.getStackByName(THERE);

    expect(Object.values<any>(there.template.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias']);
    expect(JSON.stringify(there.template)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(assembly.getStackByName('Data').dependencies.map(({ id }) => id)).toContain(there.id);
  });

  test('both keys let in Amazon Redshift of both Regions', () => {
    const copies = new Copies(references, LONDON);
    copiedServerless(namespaceIn(copies.data));

    ['Data', THERE].forEach((name) => {
      const statements = theOnly(copies.template(name), 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
      const bySid = (sid: string) => statements.find(({ Sid }: { Sid: string }) => Sid === sid);

      expect(bySid('UseThroughRedshiftServerless').Condition).toEqual({ StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA } });
      expect(bySid('GrantsThroughServices').Condition.StringEquals['kms:ViaService']).toEqual(expect.arrayContaining(VIA));
      expect(bySid('GrantsThroughServices').Condition.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
    });
  });
});

test('keeps copies until they are deleted where nothing else is said', () => {
  const copies = new Copies();
  copiedServerless(namespaceIn(copies.data));
  const [configuration] = theOnly(copies.template('Data'), 'AWS::RedshiftServerless::Namespace').Properties.SnapshotCopyConfigurations;

  expect(configuration).toEqual({ DestinationRegion: SYDNEY, DestinationKmsKeyId: KEY_THERE });
});

test('copies under a key that is imported from there', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const key = CustomerManagedKey.fromKeyArn(there, 'Key', keyArn(SYDNEY), { services: [KmsService.REDSHIFT_SERVERLESS] });
  const { destinationKey } = copiedServerless(namespaceIn(copies.data), { destination: SnapshotDestination.ofStack(there, key) });

  expect(destinationKey).toBe(key);
});

test('fails for an imported key whose policy does not say so, with the statement for both Regions', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const destination = SnapshotDestination.ofStack(there, CustomerManagedKey.fromKeyArn(there, 'Key', keyArn(SYDNEY)));

  expect(() => copiedServerless(namespaceIn(copies.data), { destination })).toThrow(`"kms:ViaService":["${VIA.join('","')}"]`);
});

test('the execution role that deploys it needs both keys through both Regions, and reads the output there', () => {
  const { destinationKey } = copiedServerless(namespaceIn(new Copies('weak', LONDON).data));
  const statements = (destinationKey as CustomerManagedKey).deployPermissions().toJSON().Statement;
  const bySid = (sid: string) => statements.find(({ Sid }: { Sid: string }) => Sid === sid);

  expect(bySid('EncryptRedshiftServerless')).toMatchObject({ Condition: { StringEquals: { 'kms:ViaService': VIA } } });
  expect(bySid('GrantRedshiftServerless')).toMatchObject({ Action: 'kms:CreateGrant', Condition: { StringEquals: { 'kms:ViaService': VIA } } });
  expect(bySid('ReadOutputs').Resource).toContain(`:cloudformation:${SYDNEY}:${ACCOUNT}:stack/${THERE}/*`);
});

test('there is a namespace to restore into, under the key of the copies', () => {
  const copies = new Copies('weak', LONDON);
  const { destinationStack, destinationKey } = copiedServerless(namespaceIn(copies.data));
  namespaceIn(destinationStack, { encryptionKey: destinationKey });

  expect(theOnly(copies.template(THERE), 'AWS::RedshiftServerless::Namespace').Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': ['Key961B73FD', 'Arn'] });
});

test.each<[string, (namespace: redshiftserverless.CfnNamespace) => void]>([
  ['another key', (namespace) => namespace.addPropertyOverride('SnapshotCopyConfigurations.0.DestinationKmsKeyId', keyArn(SYDNEY))],
  ['no key', (namespace) => namespace.addPropertyDeletionOverride('SnapshotCopyConfigurations.0.DestinationKmsKeyId')],
  ['another Region', (namespace) => { namespace.snapshotCopyConfigurations = [{ destinationRegion: 'eu-west-1' }]; }],
  ['no copies', (namespace) => { namespace.snapshotCopyConfigurations = undefined; }],
])('fails where an aspect gives the namespace %s', (_what, change) => {
  const { app, data } = new Copies();
  copiedServerless(namespaceIn(data));
  Aspects.of(app).add({ visit: (node) => redshiftserverless.CfnNamespace.isCfnNamespace(node) && change(node) });

  expect(() => app.synth()).toThrow('SnapshotCopyUndone: an aspect, a mixin or an override changed SnapshotCopyConfigurations of Data/Warehouse/Default; leave this '
    + 'namespace out of it, or give what you want to RedshiftServerlessSnapshotCopy');
});

test('fails for a second Region, of which Amazon Redshift Serverless knows none', () => {
  const { data } = new Copies();
  const source = namespaceIn(data);
  copiedServerless(source);

  expect(() => new RedshiftServerlessSnapshotCopy(data, 'Again', { source, destination: SnapshotDestination.inRegion('eu-west-1') })).toThrow(
    'SnapshotCopyTwice: Amazon Redshift Serverless copies the snapshots of a namespace to one Region, given: another for Data/Warehouse/Default, whose snapshots '
    + `go to ${SYDNEY} already; leave one of them out [at Data/Again]`);
});

test.each([[Duration.days(0), '0'], [Duration.days(3654), '3654'], [Duration.hours(36), '1.5']])('fails for a retention of %s', (snapshotRetention, given) => {
  const { data } = new Copies();

  expect(() => copiedServerless(namespaceIn(data), { snapshotRetention })).toThrow(
    `RetentionInvalid: Amazon Redshift keeps such copies for 1 to 3,653 whole days, given: ${given} days as snapshotRetention; write for example Duration.days(14) `
    + '[at Data/WarehouseCopies]');
});

test('nothing looks for copies where nothing is said of their age', () => {
  const copies = new Copies();

  expect(copiedServerless(namespaceIn(copies.data)).newestCopyAlarm).toBeUndefined();
  expect(JSON.stringify(copies.template(THERE))).not.toMatch(/AWS::(Events|CloudWatch|StepFunctions|IAM)::/);
});

test('fails for an age that no alarm takes', () => {
  expect(() => copiedServerless(namespaceIn(new Copies().data), { maxAge: Duration.minutes(30) })).toThrow(
    'MaxAgeInvalid: the newest copy may be 1 hour to 7 days old, in whole hours, given: 30 minutes; write for example Duration.hours(26) [at Data/WarehouseCopies]');
});

test('fails to look for the copies of a namespace whose name is known at deployment only', () => {
  const { data } = new Copies();

  expect(() => copiedServerless(namespaceIn(data, { namespaceName: Token.asString({ Ref: 'Name' }) }), { maxAge: Duration.hours(2) })).toThrow(
    'NamespaceNameUnknown: the copies of a namespace are looked for by its name, known before deployment, given: a namespaceName that is known at deployment only; '
    + 'write it out, or leave maxAge out [at Data/WarehouseCopies]');
});

test('fails for another account, where Amazon Redshift Serverless copies nothing', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });
  const destination = SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key'));

  expect(() => copiedServerless(namespaceIn(copies.data), { destination })).toThrow(
    `DestinationInAnotherAccount: Amazon Redshift Serverless copies snapshots within an account only, given: There in ${OTHER_ACCOUNT}, for a source in ${ACCOUNT}; `
    + `give a stack of ${ACCOUNT} [at Data/WarehouseCopies]`);
});
