import { App, Aws, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, Environment, Stack, Stage, Tags } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CustomerManagedKey, DestinationRegionOptions, ICustomerManagedKey, SnapshotDestination } from '../../src';
import { Copies, ledgerIn, replicated, SYDNEY } from '../support/copies';
import { ACCOUNT, newApp, newStack, REGION } from '../support/key-stack';

const LONDON = { account: ACCOUNT, region: REGION };
const IN_SYDNEY = { account: ACCOUNT, region: SYDNEY };
const keyArn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const inSydney = (options?: DestinationRegionOptions) => SnapshotDestination.inRegion(SYDNEY, options);
const aliasesOf = (stack: Stack) => stack.node.findAll().filter(kms.CfnAlias.isCfnAlias).map(({ aliasName }) => aliasName);

describe('a stack that is made in a Region', () => {
  test('is in the account and Stage of the source stack, deployed first, and named after it', () => {
    const app = newApp();
    const data = new Stack(new Stage(app, 'Prod', { env: LONDON }), 'Data');
    const { destinationStack } = replicated(ledgerIn(data));

    expect(destinationStack).toMatchObject({ account: ACCOUNT, region: SYDNEY, stackName: `Prod-Data-copies-${SYDNEY}` });
    expect(destinationStack.node.path).toBe(`Prod/Data-copies-${SYDNEY}`);
    expect(data.dependencies).toEqual([destinationStack]);
    expect(aliasesOf(destinationStack)).toEqual([`alias/Prod-Data-copies-${SYDNEY}`]);
  });

  test('is one in each Stage', () => {
    const app = newApp();
    const names = ['Beta', 'Prod'].map((stage) => replicated(ledgerIn(new Stack(new Stage(app, stage, { env: LONDON }), 'Data'))).destinationStack.stackName);

    expect(names).toEqual([`Beta-Data-copies-${SYDNEY}`, `Prod-Data-copies-${SYDNEY}`]);
  });

  test('is named after where its source is among other constructs', () => {
    const data = new Stack(new Construct(newApp(), 'Billing'), 'Data', { env: LONDON });

    expect(replicated(ledgerIn(data)).destinationStack.node.path).toBe(`Billing-Data-copies-${SYDNEY}`);
  });

  test('is in the account that is known at deployment only', () => {
    const { app, data } = new Copies('weak', { region: REGION });
    replicated(ledgerIn(data));
    const assembly = app.synth();

    expect(assembly.getStackByName(`Data-copies-${SYDNEY}`).environment).toEqual({ ...assembly.getStackByName('Data').environment, name: `aws://unknown-account/${SYDNEY}`, region: SYDNEY });
  });

  test('is shared by the copies of a source stack, whichever names the Region', () => {
    const { data } = new Copies();
    const options = { tags: { owner: 'billing' } };
    const stacks = [inSydney(options), inSydney({ ...options })].map((destination, i) => replicated(ledgerIn(data, `Ledger${i}`), destination).destinationStack);

    expect(new Set(stacks).size).toBe(1);
  });

  test('is another for another source stack, and for another Region', () => {
    const { app, data } = new Copies();
    const sydney = inSydney();
    const others = newStack(app, 'Others', LONDON);
    const names = [
      replicated(ledgerIn(data), sydney), replicated(ledgerIn(others), sydney), replicated(ledgerIn(data, 'Orders'), SnapshotDestination.inRegion('eu-west-1')),
    ].map(({ destinationStack }) => destinationStack.stackName);

    expect(names).toEqual([`Data-copies-${SYDNEY}`, `Others-copies-${SYDNEY}`, 'Data-copies-eu-west-1']);
  });

  test('takes tags and termination protection from the source stack', () => {
    const app = newApp();
    const data = new Stack(app, 'Data', { env: LONDON, tags: { owner: 'billing' }, terminationProtection: true });
    replicated(ledgerIn(data));
    Tags.of(app).add('app', 'ledger');
    Tags.of(data).add('class', 'secret');
    Tags.of(data).remove('app');
    const there = app.synth().getStackByName(`Data-copies-${SYDNEY}`);

    expect(there.tags).toEqual({ owner: 'billing', class: 'secret' });
    expect(there.terminationProtection).toBe(true);
    expect(there.template.Resources.Key961B73FD.Properties.Tags).toEqual([{ Key: 'class', Value: 'secret' }]);
  });

  test('takes what is given', () => {
    const app = newApp();
    const data = new Stack(app, 'Data', { env: LONDON, tags: { owner: 'billing' }, terminationProtection: true });
    const { destinationStack } = replicated(ledgerIn(data), inSydney({
      stackName: 'Sydney',
      alias: 'billing/copies',
      tags: { owner: 'rescue' },
      terminationProtection: false,
      synthesizer: new DefaultStackSynthesizer({ qualifier: 'given' }),
    }));

    expect(destinationStack).toMatchObject({ stackName: 'Sydney', terminationProtection: false });
    expect(destinationStack.tags.tagValues()).toEqual({ owner: 'rescue' });
    expect(destinationStack.synthesizer.bootstrapQualifier).toBe('given');
    expect(aliasesOf(destinationStack)).toEqual(['alias/billing/copies']);
  });

  test('is deployed as the source stack', () => {
    const app = newApp();
    const data = new Stack(app, 'Data', { env: LONDON, synthesizer: new DefaultStackSynthesizer({ qualifier: 'billing' }) });
    replicated(ledgerIn(data));
    const { stacks } = app.synth();

    expect(stacks.map(({ assumeRoleArn }) => assumeRoleArn).sort()).toEqual([SYDNEY, REGION].map((region) =>
      expect.stringContaining(`role/cdk-billing-deploy-role-${ACCOUNT}-${region}`)));
  });

  test('is deployed as the app says where the synthesizer of the source stack takes no other', () => {
    const app = new App({ defaultStackSynthesizer: new DefaultStackSynthesizer({ qualifier: 'app' }) });
    class OneStack extends CliCredentialsStackSynthesizer {
      public override reusableBind(stack: Stack): CliCredentialsStackSynthesizer {
        const bound = new CliCredentialsStackSynthesizer();
        bound.bind(stack);
        return bound;
      }
    }
    const data = new Stack(app, 'Data', { env: LONDON, synthesizer: new OneStack() });

    expect(replicated(ledgerIn(data)).destinationStack.synthesizer.bootstrapQualifier).toBe('app');
  });

  test('has a key that is retained', () => {
    const copies = new Copies();
    replicated(ledgerIn(copies.data));
    const { Resources } = copies.template(`Data-copies-${SYDNEY}`);

    expect(Object.values(Resources).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate']);
  });
});

test.each<[string, string, string]>([
  ['the Region of the source', REGION, `${REGION}, where the source is`],
  ['a token', Aws.REGION, 'one that is known at deployment only'],
  ['no Region', 'Sydney', '\'Sydney\''],
  ['nothing', '', '\'\''],
  ['China', 'cn-north-1', 'cn-north-1, which is in the partition aws-cn, while eu-west-2 is in aws'],
  ['GovCloud', 'us-gov-west-1', 'us-gov-west-1, which is in the partition aws-us-gov, while eu-west-2 is in aws'],
])('fails for %s', (_what, region, given) => {
  const { data } = new Copies();

  expect(() => replicated(ledgerIn(data), SnapshotDestination.inRegion(region))).toThrow(
    `DestinationRegionInvalid: copies go to another Region of the same partition, known before deployment, given: ${given}; write a Region such as `
    + 'ap-southeast-2 [at Data/LedgerCopies]');
});

test.each<[string, Environment, string]>([
  ['in the Region of the source', LONDON, `${REGION}, where the source is`],
  ['without a Region', {}, 'one that is known at deployment only'],
])('fails for a stack %s', (_where, env, given) => {
  const { app, data } = new Copies();
  const there = newStack(app, 'There', env);

  expect(() => replicated(ledgerIn(data), SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')))).toThrow(
    `DestinationRegionInvalid: copies go to another Region of the same partition, known before deployment, given: ${given}; `);
});

test.each<[string, (there: Stack) => SnapshotDestination]>([
  ['a stack that is made', () => inSydney()],
  ['a stack that is given', (there) => SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key'))],
])('fails for a source without a Region, and %s', (_what, destination) => {
  const { app } = new Copies();
  const agnostic = newStack(app, 'Agnostic', {});

  expect(() => replicated(ledgerIn(agnostic), destination(newStack(app, 'There', IN_SYDNEY)))).toThrow(
    'SourceRegionUnknown: a stack cannot refer to a key of another Region before its own is known, given: Agnostic without a Region; give the stack an env '
    + 'with a region [at Agnostic/LedgerCopies]');
});

test.each<[string, (data: Stack) => ICustomerManagedKey, string]>([
  ['the source', (data) => new CustomerManagedKey(data, 'Key'), `Data/Key in ${REGION}`],
  ['a third Region', (data) => CustomerManagedKey.fromKeyArn(data, 'Third', keyArn('eu-west-3')), 'Data/Third in eu-west-3'],
  ['a stack without a Region', (data) => new CustomerManagedKey(newStack(data.node.root as App, 'Agnostic', {}), 'Key'),
    'Agnostic/Key in a Region that is known at deployment only'],
])('fails for a key of %s', (_whose, key, given) => {
  const { app, data } = new Copies();
  const there = newStack(app, 'There', IN_SYDNEY);

  expect(() => replicated(ledgerIn(data), SnapshotDestination.ofStack(there, key(data)))).toThrow(
    `DestinationKeyOfAnotherRegion: a copy is encrypted under a key of its own Region, given: ${given}, for There in ${SYDNEY}; make a CustomerManagedKey in `
    + `${SYDNEY}, or leave it to SnapshotDestination.inRegion('${SYDNEY}') [at Data/LedgerCopies]`);
});

test.each<[string, (there: Stack) => unknown, string]>([
  ['AWS', (there) => kms.Alias.fromAliasName(there, 'Aws', 'alias/aws/rds'), 'There/Aws'],
  ['nobody', () => undefined, 'none'],
])('fails for a key of %s, which other languages let pass', (_whose, key, given) => {
  const { app, data } = new Copies();
  const there = newStack(app, 'There', IN_SYDNEY);

  expect(() => replicated(ledgerIn(data), SnapshotDestination.ofStack(there, key(there) as ICustomerManagedKey))).toThrow(
    `KeyNotCustomerManaged: a key of your own encrypts copies, given: ${given}; write a CustomerManagedKey, or import one with `
    + 'CustomerManagedKey.fromKeyArn [at Data/LedgerCopies]');
});

test('fails for a stack of another Stage', () => {
  const app = newApp();
  const data = new Stack(new Stage(app, 'Prod', { env: LONDON }), 'Data');
  const there = newStack(app, 'There', IN_SYDNEY);

  expect(() => replicated(ledgerIn(data), SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')))).toThrow(
    'DestinationInAnotherStage: the destination is deployed before the source, in the same Stage, given: There for Prod/Data; give a stack of the Stage of '
    + 'the source, or import the key there with CustomerManagedKey.fromKeyArn [at Prod/Data/LedgerCopies]');
});

test('fails for other options than before', () => {
  const { data } = new Copies();
  replicated(ledgerIn(data));

  expect(() => replicated(ledgerIn(data, 'Orders'), inSydney({ alias: 'orders' }))).toThrow(
    `DestinationOptionsDiffer: the copies of Data in ${SYDNEY} share a stack, given: two sets of options for it; use one SnapshotDestination for all of them, `
    + 'or give a stack of yours with SnapshotDestination.ofStack [at Data/OrdersCopies]');
});

test('fails where something else has the id of the stack', () => {
  const { app, data } = new Copies();
  new Construct(app, `Data-copies-${SYDNEY}`);

  expect(() => replicated(ledgerIn(data))).toThrow(
    `CopyStackIdTaken: the copies of Data in ${SYDNEY} have a stack of their own, given: Data-copies-${SYDNEY}, which is another construct; give one of them `
    + 'another id, or give a stack of yours with SnapshotDestination.ofStack [at Data/LedgerCopies]');
});

test('fails where the name of the stack gets too long', () => {
  const stackName = 'D'.repeat(120);
  const data = new Stack(newApp(), 'Data', { env: LONDON, stackName });

  expect(() => replicated(ledgerIn(data))).toThrow(
    `CopyStackNameTooLong: AWS CloudFormation takes names of stacks of at most 128 characters, given: ${stackName}-copies-${SYDNEY}; give a stackName [at Data]`);
});
