import { Stack, Token } from 'aws-cdk-lib';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { Construct } from 'constructs';
import { CustomerManagedKey, SnapshotCopyGrant, SnapshotDestination } from '../../../src';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newApp, REGION } from '../../support/key-stack';
import { clusterIn, copied } from '../../support/warehouse-copies';

const LONDON = { account: ACCOUNT, region: REGION };
/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateSnapshotCopyGrant.html */
const NAME = /^(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const actionsIn = (template: { Resources: Record<string, any> }) => Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).flatMap(({ Action }) => Action as string | string[]);

/** The name of the grant of copies that are at a path, in a stack of a name and Region, under a key there. */
function nameOf({ stage = 'Prod', id = 'Data', stackName, region = REGION, keyId = 'Key' }: Record<string, string> = {}): string {
  const scope = new Construct(newApp(), stage);
  const data = new Stack(scope, id, { env: { account: ACCOUNT, region }, stackName });
  const there = new Stack(scope, 'There', { stackName: 'There', env: { account: ACCOUNT, region: SYDNEY } });
  return copied(clusterIn(data), { destination: SnapshotDestination.ofStack(there, new CustomerManagedKey(there, keyId)) }).snapshotCopyGrantName;
}

describe('the name of a grant that is made', () => {
  test.each([
    ['a short path', {}],
    ['a long path', { id: 'D'.repeat(100) }],
    ['a path that ends in a hyphen where it is cut', { id: `${'d'.repeat(39)}-e` }],
    ['a digit in front', { stage: '1Prod', stackName: 'Data' }],
    ['hyphens and capitals', { stage: '-P-', id: 'D--a-Ta', stackName: 'Data' }],
  ])('is one that Amazon Redshift takes, for %s', (_what, place) => {
    expect(nameOf(place)).toMatch(NAME);
  });

  test('is the same for the same app', () => {
    expect(nameOf()).toBe(nameOf());
    expect(nameOf()).toMatch(/^copy-prod-data-warehousecopies-[0-9a-f]{10}$/);
  });

  test.each([
    ['another path', { id: 'Archive' }], ['another stack', { stackName: 'Data2' }], ['another source Region', { region: 'eu-west-1' }], ['another key', { keyId: 'Key2' }],
  ])('is another one for %s: names are one in an account and Region, and a grant keeps its key', (_what, place) => {
    expect(nameOf(place)).not.toBe(nameOf());
  });
});

describe('a grant by CloudFormation', () => {
  const inVirginia = { grant: SnapshotCopyGrant.byCloudFormation(), destination: SnapshotDestination.inRegion('us-east-1') };

  test('is in the stack there, for its key, and the function makes none', () => {
    const copies = new Copies('weak', LONDON);
    const { snapshotCopyGrantName } = copied(clusterIn(copies.data), inVirginia);

    expect(theOnly(copies.template('Data-copies-us-east-1'), 'AWS::Redshift::SnapshotCopyGrant').Properties).toEqual({
      SnapshotCopyGrantName: snapshotCopyGrantName, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
    });
    expect(theOnly(copies.template('Data'), 'Custom::RedshiftSnapshotCopy').Properties).toMatchObject({ GrantName: snapshotCopyGrantName, MakesGrant: 'false' });
    expect(actionsIn(copies.template('Data')).filter((action) => /^kms:|CopyGrant$/.test(action))).toEqual([]);
  });

  test('has the properties that the newest aws-cdk-lib knows', () => {
    const { CfnSnapshotCopyGrant } = redshift as unknown as { CfnSnapshotCopyGrant?: new (scope: Stack, id: string, props: object) => unknown };
    const copies = new Copies('weak', LONDON);
    copied(clusterIn(copies.data), inVirginia);
    const ours = theOnly(copies.template('Data-copies-us-east-1'), 'AWS::Redshift::SnapshotCopyGrant').Properties;
    const { app, data } = new Copies('weak', LONDON);
    if (CfnSnapshotCopyGrant) {
      new CfnSnapshotCopyGrant(data, 'Grant', { snapshotCopyGrantName: ours.SnapshotCopyGrantName, kmsKeyId: 'key' });
    }
    const theirs = Object.values<any>(app.synth().getStackByName('Data').template.Resources ?? {});

    expect(theirs.map(({ Type, Properties }) => [Type, Object.keys(Properties).sort()])).toEqual(
      CfnSnapshotCopyGrant ? [['AWS::Redshift::SnapshotCopyGrant', Object.keys(ours).sort()]] : []);
  });
});

describe('a grant that exists', () => {
  test('is named, and the function neither makes nor deletes it', () => {
    const copies = new Copies('weak', LONDON);
    const { snapshotCopyGrantName } = copied(clusterIn(copies.data), { grant: SnapshotCopyGrant.ofName('copies-of-sales') });

    expect(snapshotCopyGrantName).toBe('copies-of-sales');
    expect(theOnly(copies.template('Data'), 'Custom::RedshiftSnapshotCopy').Properties).toMatchObject({ GrantName: 'copies-of-sales', MakesGrant: 'false' });
    expect(actionsIn(copies.template('Data'))).not.toContain('redshift:CreateSnapshotCopyGrant');
  });

  test('is named by what is known at deployment only', () => {
    const { data } = new Copies();
    const name = Token.asString({ Ref: 'Name' });

    expect(copied(clusterIn(data), { grant: SnapshotCopyGrant.ofName(name) }).snapshotCopyGrantName).toBe(name);
  });

  test.each(['', 'Sales', '1sales', 'sales-', 'sales--copies', 'sales_copies', 's'.repeat(64)])('fails for the name %p', (name) => {
    const { data } = new Copies();

    expect(() => copied(clusterIn(data), { grant: SnapshotCopyGrant.ofName(name) })).toThrow(
      `SnapshotCopyGrantNameInvalid: a snapshot copy grant is named with 1 to 63 lower-case letters, digits and single hyphens, a letter first, given: '${name}'; `
      + 'write the name of one that exists, such as copies-of-sales [at Data/WarehouseCopies]');
  });
});
