import { Duration, NestedStack, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { KmsService, MultiRegionKey, MultiRegionKeyProps, MultiRegionReplicaKey, MultiRegionReplicaKeyOptions } from '../../src';
import { viaAlsoIn } from '../../src/key/via-also-in';
import { policySids, propertiesOf, resourceOf, statement } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, REGION, roleArn } from '../support/key-stack';
import { THERE, TwoRegionsKey } from '../support/two-regions-key';

const PRIMARY = { 'Fn::GetStackOutput': { StackName: 'Keys', Region: REGION, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };

describe.each([['no flags', {}], ['the recommended flags', recommendedFlags]])('with %s', (_flags, context) => {
  const app = () => newApp(context);

  test('a replica refers to its primary key weakly: one output, no custom resource, and no way back', () => {
    const keys = new TwoRegionsKey({}, app());
    keys.replica();
    const assembly = keys.app.synth();
    const [here, there] = ['Keys', 'KeysThere'].map((name) => assembly.getStackByName(name));
    const types = (template: any) => Object.values<any>(template.Resources).map(({ Type }) => Type);
    expect(there.template.Resources.Key961B73FD.Properties.PrimaryKeyArn).toEqual(PRIMARY);
    expect([types(here.template), types(there.template)]).toEqual([['AWS::KMS::Key'], ['AWS::KMS::ReplicaKey']]);
    expect([here, there].map(({ dependencies }) => dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')))).toEqual([[], ['Keys']]);
    expect(JSON.stringify(here.template)).not.toContain('GetStackOutput');
  });

  test('what refers to the primary key in its own Region does as the app says', () => {
    const references = (keys: TwoRegionsKey) => {
      const users = newStack(keys.app, 'Users');
      new s3.Bucket(users, 'Tokens', { encryptionKey: keys.primary.via(KmsService.S3) });
      return JSON.stringify(keys.app.synth().getStackByName('Users').template.Resources).match(/Fn::(ImportValue|GetStackOutput)/)?.[1];
    };
    const [alone, replicated] = [new TwoRegionsKey({}, app()), new TwoRegionsKey({}, app())];
    replicated.replica();
    expect(references(replicated)).toBe(references(alone));
  });
});

describe('a replica', () => {
  test('says nothing that AWS KMS decides by itself, and nothing that it shares with its primary key', () => {
    const keys = new TwoRegionsKey({ keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC });
    expect(Object.keys(propertiesOf(keys.replica())).sort()).toEqual(['KeyPolicy', 'PendingWindowInDays', 'PrimaryKeyArn']);
  });

  test.each<[MultiRegionReplicaKeyOptions, object]>([
    [{ description: 'Tokens' }, { Description: 'Tokens' }],
    [{ enabled: false }, { Enabled: false }],
    [{ pendingWindow: Duration.days(20) }, { PendingWindowInDays: 20 }],
  ])('takes %j', (options, properties) => {
    expect(propertiesOf(new TwoRegionsKey().replica(options))).toMatchObject(properties);
  });

  test('has tags and an alias of its own', () => {
    const keys = new TwoRegionsKey({ alias: 'tokens' });
    const replica = keys.replica({ alias: 'tokens' });
    Tags.of(replica).add('data-domain', 'billing');
    expect(propertiesOf(replica).Tags).toEqual([{ Key: 'data-domain', Value: 'billing' }]);
    expect(propertiesOf(keys.primary).Tags).toBeUndefined();
    Template.fromStack(keys.there).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/tokens', TargetKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } });
  });

  test('lets services of its own Region in, and says nothing of those of the other', () => {
    const keys = new TwoRegionsKey();
    const replica = keys.replica();
    keys.primary.via(KmsService.SNS);
    new s3.Bucket(keys.there, 'Tokens', { encryptionKey: replica.via(KmsService.S3) });
    expect(policySids(replica)).toEqual(['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyDirectGrants', 'UseThroughS3']);
    expect(statement(replica, 'UseThroughS3').Condition?.StringEquals).toEqual({ 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': `s3.${THERE}.amazonaws.com` });
    expect(policySids(keys.primary)).not.toContain('UseThroughS3');
  });

  test('can be handed to a service that uses it from further Regions', () => {
    const replica = new TwoRegionsKey().replica();
    expect(viaAlsoIn(replica, KmsService.SECRETS_MANAGER, [REGION])).toBe(replica.via(KmsService.SECRETS_MANAGER));
    expect(statement(replica, 'UseThroughSecretsManager').Condition?.StringEquals['kms:ViaService']).toHaveLength(2);
  });

  test('gives direct use in both halves, of the kind that its primary key has', () => {
    const keys = new TwoRegionsKey({ keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: kms.KeyUsage.SIGN_VERIFY });
    const replica = keys.replica();
    replica.grantVerify(newRole(keys.there));
    expect(policySids(replica)).toContain('DirectVerify');
    expect(statement(replica, 'ReadMetadata').Action).toContain('kms:GetPublicKey');
    expect(() => replica.grantDecrypt(newRole(keys.there, 'Other'))).toThrow(/^ActionNotUse: /);
    expect(() => replica.via(KmsService.S3)).toThrow(/^KeyNotForStorage: /);
  });

  test('fails where it is disabled for less than a week or more than a month', () => {
    expect(() => new TwoRegionsKey().replica({ pendingWindow: Duration.days(5) }))
      .toThrow('PendingWindowInvalid: pendingWindow is 7 to 30 whole days, given: 5 days; write for example Duration.days(30) [at KeysThere/Key]');
  });

  test('neither rotates by itself, nor has replicas', () => {
    const members = Object.getOwnPropertyNames(MultiRegionReplicaKey.prototype);
    expect(members).not.toContain('replicaIn');
    // @ts-expect-error: rotation belongs to the primary key
    expect(propertiesOf(new TwoRegionsKey().replica({ enableKeyRotation: true }))).not.toHaveProperty('EnableKeyRotation');
  });
});

describe('what a replica does not say is as with its primary key', () => {
  const ADMIN = { administrators: [roleArn('admin'), roleArn('second')], policyAdministrators: [roleArn('second')] };

  test.each<[string, MultiRegionKeyProps, MultiRegionReplicaKeyOptions, (string | undefined)[]]>([
    ['administrators', ADMIN, {}, ['ReadMetadata', 'Administer', 'ChangePolicy', 'BreakGlass', 'DenyDirectGrants']],
    ['denials', { denyDirectGrants: false, denyPolicyLockoutBypass: true }, {}, ['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyBypass']],
    ['denials of its own', { denyDirectGrants: false, denyPolicyLockoutBypass: true }, { denyDirectGrants: true, denyPolicyLockoutBypass: false },
      ['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyDirectGrants']],
  ])('%s', (_what, props, options, sids) => {
    expect(policySids(new TwoRegionsKey(props).replica(options))).toEqual(sids);
  });

  const policyAdministrators = (options: MultiRegionReplicaKeyOptions) =>
    JSON.stringify(statement(new TwoRegionsKey(ADMIN).replica(options), 'ChangePolicy').Principal).match(/role\/[a-z]+(-hnb659fds-cfn-exec-role-\d+-[a-z0-9-]+)?/g);

  test('those who change the policy, and the role that deploys it there', () => {
    expect(policyAdministrators({})?.sort()).toEqual([`role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${THERE}`, 'role/second']);
  });

  test('not those who change the policy, where it has administrators of its own', () => {
    expect(policyAdministrators({ administrators: [roleArn('local')] })?.sort()).toEqual([`role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${THERE}`, 'role/local']);
  });

  test.each([
    [undefined, undefined, 'RetainExceptOnCreate', 7],
    [RemovalPolicy.RETAIN, undefined, 'Retain', undefined],
    [RemovalPolicy.DESTROY, undefined, 'Delete', undefined],
    [undefined, RemovalPolicy.DESTROY, 'Delete', undefined],
  ])('of a key with removalPolicy %s, a replica with %s has %s and waits %s days', (ofPrimary, own, policy, days) => {
    const replica = new TwoRegionsKey({ removalPolicy: ofPrimary }).replica({ alias: 'tokens', removalPolicy: own });
    const resources = Object.values<any>(Template.fromStack(replica.stack).toJSON().Resources);
    expect(resources.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([policy, policy]);
    expect(resourceOf(replica).Properties.PendingWindowInDays).toBe(days);
  });
});

test('deployPermissions are those of a key there, and reach the primary key and the output with its ARN', () => {
  const replica = new TwoRegionsKey().replica();
  const statements = replica.stack.resolve(replica.deployPermissions()).Statement;
  expect(statements.map(({ Sid }: any) => Sid)).toEqual(['CreateKeys', 'ManageKeys', 'ReadOutputs', 'ReplicateKeys', 'ReadPrimaryOutputs']);
  expect(statements[1].Resource).toEqual([`arn:aws:kms:${THERE}:${ACCOUNT}:key/*`, `arn:aws:kms:${THERE}:${ACCOUNT}:alias/*`]);
  expect(statements.slice(3)).toEqual([
    {
      Sid: 'ReplicateKeys',
      Effect: 'Allow',
      Action: 'kms:ReplicateKey',
      Resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/mrk-*`,
      Condition: { StringEquals: { 'kms:ReplicaRegion': THERE } },
    },
    {
      Sid: 'ReadPrimaryOutputs',
      Effect: 'Allow',
      Action: 'cloudformation:DescribeStacks',
      Resource: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Keys/*`,
    },
  ]);
});

test.each(['weak', 'strong'])('of a primary key in a nested stack, it reads an output of the stack that is deployed: %s references', (references) => {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': references });
  const primary = new MultiRegionKey(new NestedStack(newStack(app, 'Parent'), 'Nested'), 'Key');
  const replica = primary.replicaIn(newStack(app, 'There', { account: ACCOUNT, region: THERE }), 'Key');
  const [, , , , reads] = replica.stack.resolve(replica.deployPermissions()).Statement;
  const templates = app.synth().stacksRecursively.map(({ template }) => JSON.stringify(template));

  expect(propertiesOf(replica).PrimaryKeyArn).toMatchObject({ 'Fn::GetStackOutput': { StackName: 'Parent', Region: REGION } });
  expect(reads.Resource).toBe(`arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Parent/*`);
  templates.forEach((template) => expect(template).not.toMatch(/ImportValue|Custom::CrossRegionExport/));
});

describe.each([
  ['aws-cn', 'cn-north-1', 'cn-northwest-1'], ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
])('in the partition %s', (partition, region, there) => {
  test('every ARN carries the partition', () => {
    const keys = new TwoRegionsKey({}, newApp(), { account: ACCOUNT, region }, { account: ACCOUNT, region: there });
    const replica = keys.replica();
    replica.via(KmsService.S3);
    const texts = [keys.primary, replica].flatMap((key) => [propertiesOf(key), key.stack.resolve(key.deployPermissions())]);
    const found = JSON.stringify(texts).replace(/"arn:",\{"Ref":"AWS::Partition"\},"/g, `"arn:${partition}`).matchAll(/arn:([^:"]*):/g);
    expect([...new Set([...found].map(([, name]) => name))]).toEqual([partition]);
  });
});

test('a stack of a primary key whose account is known at deployment only has replicas in another such', () => {
  const keys = new TwoRegionsKey({}, newApp(), { region: REGION }, { region: THERE });
  keys.replica();
  expect(keys.app.synth().getStackByName('KeysThere').template.Resources.Key961B73FD.Properties.PrimaryKeyArn).toEqual(PRIMARY);
});

test('administrators of another stack are named in the policy of a replica by the names that they have', () => {
  const keys = new TwoRegionsKey();
  const users = newStack(keys.app, 'Users');
  const replica = keys.replica({ administrators: [newRole(users, 'Admin', 'admin')] });
  expect(statement(replica, 'ChangePolicy').Principal?.AWS).toContain(`arn:aws:iam::${ACCOUNT}:role/admin`);
});
