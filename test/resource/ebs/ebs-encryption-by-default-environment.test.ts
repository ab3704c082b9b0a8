import { App, IPropertyInjector, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EbsEncryptionByDefault } from '../../../src';
import { FLAGS, templateOf } from '../../support/template-difference';

function everything(env: { account?: string; region?: string }, flags: keyof typeof FLAGS): string {
  const template = templateOf((scope) => {
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new EbsEncryptionByDefault(scope, 'Encryption').grantUse(role);
  }, { env, flags });
  return JSON.stringify(template).replace(/[0-9a-f]{64}/g, 'HASH');
}

describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
  test.each([['aws', 'eu-west-2'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1']])('writes ARNs of %s', (partition, region) => {
    const template = everything({ account: '111122223333', region }, flags);
    const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);

    expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
    // It ends in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    expect(new Set(template.match(/ec2\.[a-z0-9-]+\.amazonaws\.com[.a-z]*/g))).toEqual(new Set([`ec2.${region}.amazonaws.com`]));
    expect(template).toContain(`"aws:RequestedRegion":"${region}"`);
  });

  test('writes no partition, Region or account where none is known', () => {
    const template = everything({}, flags);

    expect(template).not.toMatch(/arn:aws|\d{12}|\.amazonaws\.com\.cn|eu-west-2/);
    expect(template).toContain('"aws:RequestedRegion":{"Ref":"AWS::Region"}');
  });
});

test('property injectors give what nobody gave', () => {
  process.env.CDK_VALIDATION = 'false';
  const injector: IPropertyInjector = {
    constructUniqueId: EbsEncryptionByDefault.PROPERTY_INJECTION_ID,
    inject: (props) => ({ removalPolicy: RemovalPolicy.RETAIN, ...props }),
  };
  const stack = new Stack(new App({ analyticsReporting: false, propertyInjectors: [injector] }), 'Data');
  new EbsEncryptionByDefault(stack, 'Encryption');

  expect(Template.fromStack(stack).toJSON().Resources.EncryptionB687BDBB.DeletionPolicy).toBe('Retain');
});
