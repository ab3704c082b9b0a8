import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService } from '../../src';
import { identityStatements, keyPolicyOf, policySids, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT } from '../support/key-stack';

const RECOMMENDED: Record<string, unknown> = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));
const LITERALS = '@aws-cdk/core:enablePartitionLiterals';

/** Everything that writes an ARN or a service into a policy. */
function busyKey(app: App, env: object) {
  const keys = newStack(app, 'Keys', env);
  const key = new CustomerManagedKey(keys, 'Key', { administrators: [iam.Role.fromRoleName(keys, 'Admin', 'admin')] });
  KmsService.all().forEach((service) => key.via(service));
  key.via(KmsService.S3).grantDecrypt(new iam.AccountPrincipal(OTHER_ACCOUNT));
  key.grantDecrypt(newRole(newStack(app, 'Users', env), 'Role', 'reader'));
  return key;
}

describe.each([
  ['aws', 'eu-west-2'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1'],
])('in the partition %s', (partition, region) => {
  const env = { account: ACCOUNT, region };

  test('every ARN carries the partition', () => {
    const text = JSON.stringify(keyPolicyOf(busyKey(newApp(), env))).replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"/g, `"arn:${partition}`);
    expect(new Set([...text.matchAll(/arn:([^:]*):/g)].map(([, found]) => found))).toEqual(new Set([partition]));
  });

  test('every ARN leaves the partition to CloudFormation where literals are off', () => {
    const text = JSON.stringify(keyPolicyOf(busyKey(newApp({ [LITERALS]: false }), env)));
    expect(text.match(/arn:/g)?.length).toBe(text.match(/"arn:",\{"Ref":"AWS::Partition"\}/g)?.length);
  });

  test.each([true, false])('the values of kms:ViaService end in .amazonaws.com, with partition literals %s', (literals) => {
    const statements = keyPolicyOf(busyKey(newApp({ [LITERALS]: literals }), env));
    const values = statements.flatMap(({ Condition = {} }) => Object.values(Condition)).flatMap((keys) => (keys['kms:ViaService'] ?? []) as string | string[]);
    expect(values.length).toBeGreaterThan(10);
    expect(values.filter((value) => !value.endsWith(`.${region}.amazonaws.com`) && value !== 'dynamodb.*.amazonaws.com')).toEqual([]);
  });

  test('the same statements are written as everywhere', () => {
    expect(policySids(busyKey(newApp(), env))).toEqual(policySids(busyKey(newApp(), { account: ACCOUNT, region: 'eu-west-2' })));
  });

  test('the grantee gets the same fence', () => {
    const key = new CustomerManagedKey(newStack(newApp(), 'Keys', env), 'Key');
    key.via(KmsService.S3).grantDecrypt(newRole(key.stack));
    expect(identityStatements(key.stack)[0].Condition).toEqual({ StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } });
  });
});

describe('a stack whose environment is known at deployment only', () => {
  const agnostic = () => busyKey(newApp({ [LITERALS]: true, '@aws-cdk/core:defaultCrossStackReferences': 'weak' }), {});

  test('has the same statements, in the same order', () => {
    expect(policySids(agnostic())).toEqual(policySids(busyKey(newApp(), { account: ACCOUNT, region: 'eu-west-2' })));
  });

  test('has pseudo parameters in them', () => {
    const key = new CustomerManagedKey(newStack(newApp(), 'Keys', {}), 'Key');
    key.via(KmsService.S3);
    const root = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] };
    expect(statement(key, 'UseThroughS3')).toMatchObject({
      Principal: { AWS: root },
      Condition: {
        StringEquals: {
          'kms:CallerAccount': { Ref: 'AWS::AccountId' },
          'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
        },
      },
    });
  });

  test('has Sids without tokens in them', () => {
    expect(policySids(agnostic()).filter((sid) => !/^[A-Za-z0-9]+$/.test(sid ?? ''))).toEqual([]);
  });
});

describe.each([['none', {}], ['those that are recommended', RECOMMENDED]])('with %s of the feature flags', (_name, context) => {
  function newKey() {
    const app = new App({ context: { ...context }, treeMetadata: false });
    const key = new CustomerManagedKey(newStack(app), 'Key', { alias: 'billing' });
    const role = newRole(newStack(app, 'Users'), 'Role', 'reader');
    return { key, role };
  }

  test('a use through a service has both halves', () => {
    const { key, role } = newKey();
    key.via(KmsService.S3).grantDecrypt(role);
    expect(useSids(key)).toEqual(['UseThroughS3']);
    expect(identityStatements(role.stack as ReturnType<typeof newStack>)).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('a direct use has both halves', () => {
    const { key, role } = newKey();
    key.grantDecrypt(role);
    expect(useSids(key)).toEqual(['DelegatedDecrypt']);
    expect(identityStatements(role.stack as ReturnType<typeof newStack>)).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('the policy of the key is ours, without the default one', () => {
    const { key } = newKey();
    expect(policySids(key)).toEqual(['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyDirectGrants']);
    expect(JSON.stringify(Template.fromStack(key.stack as ReturnType<typeof newStack>).toJSON())).not.toContain('kms:*');
  });
});
