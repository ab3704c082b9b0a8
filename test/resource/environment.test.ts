import { App, Fn, InjectionContext, IPropertyInjector, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, EncryptedLaunchTemplate, EncryptedVolume, InstanceLauncher } from '../../src';
import { FLAGS, templateOf } from '../support/template-difference';

const SIZED = { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) };
const ROOT = { deviceName: '/dev/xvda', size: Size.gibibytes(8) };
const BUCKET = 'InvoicesF0222E8D';
const VOLUME = 'LedgerB7379752';

function everything(env: { account?: string; region?: string }, flags: keyof typeof FLAGS): string {
  return JSON.stringify(templateOf((scope) => {
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new EncryptedBucket(scope, 'Invoices').grantReadWrite(role);
    const volume = new EncryptedVolume(scope, 'Ledger', SIZED);
    volume.grantAttachVolume(role);
    volume.grantStartInstances(role);
    new EncryptedLaunchTemplate(scope, 'Workers', { rootDevice: ROOT, launchedBy: [InstanceLauncher.autoScaling('blue')] }).grantLaunch(role);
  }, { env, flags }));
}

describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
  test.each([['aws', 'eu-west-2'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1']])('writes ARNs of %s', (partition, region) => {
    const template = everything({ account: '111122223333', region }, flags);
    const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);

    expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
    // These end in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    expect(new Set(template.match(/(s3|ec2)\.[a-z0-9-]+\.amazonaws\.com[.a-z]*/g)))
      .toEqual(new Set([`s3.${region}.amazonaws.com`, `ec2.${region}.amazonaws.com`]));
  });

  test('writes no partition, Region or account where none is known', () => {
    const template = everything({}, flags);

    expect(template).not.toMatch(/arn:aws|\d{12}|\.amazonaws\.com\.cn|eu-west-2/);
    expect(template).toContain(JSON.stringify({ 'kms:CallerAccount': { Ref: 'AWS::AccountId' } }).slice(1, -1));
    expect(template).toContain(JSON.stringify({ 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }));
  });
});

describe('property injectors', () => {
  const injector = (constructUniqueId: string, inject: (props: any) => any): IPropertyInjector =>
    ({ constructUniqueId, inject: (props: unknown, _context: InjectionContext) => inject(props) });
  const injected = (...propertyInjectors: IPropertyInjector[]) => {
    process.env.CDK_VALIDATION = 'false';
    const stack = new Stack(new App({ context: FLAGS.recommended, analyticsReporting: false, propertyInjectors }), 'Data');
    new EncryptedBucket(stack, 'Invoices');
    new EncryptedVolume(stack, 'Ledger', SIZED);
    new EncryptedLaunchTemplate(stack, 'Workers', { rootDevice: ROOT });
    return Template.fromStack(stack).toJSON().Resources;
  };
  const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };

  test.each([
    ['s3.Bucket', s3.Bucket.PROPERTY_INJECTION_ID, BUCKET],
    ['EncryptedBucket', EncryptedBucket.PROPERTY_INJECTION_ID, BUCKET],
    ['ec2.Volume', ec2.Volume.PROPERTY_INJECTION_ID, VOLUME],
    ['EncryptedVolume', EncryptedVolume.PROPERTY_INJECTION_ID, VOLUME],
  ])('on %s give what nobody gave', (_class, id, resource) => {
    expect(injected(injector(id, (props) => ({ ...DESTROY, ...props })))[resource].DeletionPolicy).toBe('Delete');
  });

  test('on EncryptedBucket get undefined where no properties are given, and may give it back', () => {
    const seen: unknown[] = [];

    expect(injected(injector(EncryptedBucket.PROPERTY_INJECTION_ID, (props) => {
      seen.push(props);
      return undefined;
    }))[BUCKET].Type).toBe('AWS::S3::Bucket');
    expect(seen).toEqual([undefined]);
  });

  test('that give an encryption where none is given leave ours', () => {
    const resources = injected(
      injector(s3.Bucket.PROPERTY_INJECTION_ID, (props) => ({ encryption: s3.BucketEncryption.KMS_MANAGED, ...props })),
      injector(ec2.Volume.PROPERTY_INJECTION_ID, (props) => ({ encrypted: true, ...props })),
    );

    const [{ ServerSideEncryptionByDefault }] = resources[BUCKET].Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
    expect(resources[VOLUME].Properties.KmsKeyId).toBeDefined();
  });

  const logsApart = (change: object) => (props: s3.BucketProps) =>
    props.encryption === s3.BucketEncryption.S3_MANAGED ? props : { ...props, ...change };

  test.each<[string, object, string]>([
    ['SSE-S3', { encryption: s3.BucketEncryption.S3_MANAGED, encryptionKey: undefined }, 'encryption'],
    ['the key of Amazon S3', { encryption: s3.BucketEncryption.KMS_MANAGED, encryptionKey: undefined }, 'encryption'],
    ['no S3 Bucket Key', { bucketKeyEnabled: false }, 'bucketKeyEnabled'],
    ['keys of the caller', { blockedEncryptionTypes: undefined }, 'blockedEncryptionTypes'],
    ['public ACLs', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY }, 'blockPublicAccess'],
    ['public access and no TLS', { blockPublicAccess: undefined, enforceSSL: false }, 'blockPublicAccess, enforceSSL'],
  ])('fail that force %s on the bucket inside', (_change, change, undone) => {
    expect(() => injected(injector(s3.Bucket.PROPERTY_INJECTION_ID, logsApart(change)))).toThrow(
      `[Data/Invoices] EncryptionUndone: a property injector, an aspect or a mixin changed ${undone} of the bucket inside; `
      + 'leave this bucket out of it, or make it with s3.Bucket');
  });

  test('fail that force a key on the bucket of access logs', () => {
    const force = (props: s3.BucketProps) => ({ ...props, encryption: s3.BucketEncryption.KMS_MANAGED });

    expect(() => injected(injector(s3.Bucket.PROPERTY_INJECTION_ID, force))).toThrow(
      'AccessLogsNotDeliverable: Amazon S3 delivers access logs to buckets with SSE-S3 only, given: Data/Invoices/AccessLogs');
  });

  test.each<[string, object]>([
    ['no encryption', { encrypted: false, encryptionKey: undefined }],
    ['the key of Amazon EBS', { encryptionKey: undefined }],
  ])('fail that force %s on the volume inside', (_change, change) => {
    expect(() => injected(injector(ec2.Volume.PROPERTY_INJECTION_ID, (props) => ({ ...props, ...change })))).toThrow(
      '[Data/Ledger] EncryptionUndone: a property injector, an aspect or a mixin changed encrypted or encryptionKey of the volume inside; '
      + 'leave this volume out of it, or give the key as encryptionKey of EncryptedVolume');
  });

  test.each([
    ['ec2.LaunchTemplate', ec2.LaunchTemplate.PROPERTY_INJECTION_ID],
    ['EncryptedLaunchTemplate', EncryptedLaunchTemplate.PROPERTY_INJECTION_ID],
  ])('on %s give what nobody gave', (_class, id) => {
    const { LaunchTemplateData } = injected(injector(id, (props) => ({ detailedMonitoring: true, ...props }))).Workers96E39E36.Properties;

    expect(LaunchTemplateData).toMatchObject({ Monitoring: { Enabled: true }, BlockDeviceMappings: [{ Ebs: { Encrypted: true } }] });
  });

  test.each<[string, object]>([
    ['no encryption', { blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8) }] }],
    ['no block devices', { blockDevices: undefined }],
    ['further block devices', { blockDevices: [{ deviceName: '/dev/sdf', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true }) }] }],
  ])('fail that force %s on the launch template inside', (_change, change) => {
    expect(() => injected(injector(ec2.LaunchTemplate.PROPERTY_INJECTION_ID, (props) => ({ ...props, ...change })))).toThrow(
      '[Data/Workers] EncryptionUndone: a property injector, an aspect or a mixin changed blockDevices of the launch template inside; '
      + 'leave this launch template out of it, or give what you want to EncryptedLaunchTemplate');
  });
});
