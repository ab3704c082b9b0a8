import { App, InjectionContext, IPropertyInjector } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey, CustomerManagedKeyProps, KmsService, MultiRegionKey } from '../../src';
import { policySids, propertiesOf } from '../support/key-policy';
import { ACCOUNT, newStack } from '../support/key-stack';
import { THERE, TwoRegionsKey } from '../support/two-regions-key';

class Injector implements IPropertyInjector {
  public readonly given: unknown[] = [];

  constructor(public readonly constructUniqueId: string, private readonly injected: object) {}

  public inject(originalProps: object | undefined, _context: InjectionContext): object {
    this.given.push(originalProps);
    return { ...originalProps, ...this.injected };
  }
}

function stackWith(injector: IPropertyInjector) {
  return newStack(new App({ propertyInjectors: [injector], treeMetadata: false }));
}

describe('an injector on kms.Key', () => {
  // An organization's injector that drops the policy put kms:* for the root user back into subclasses of kms.Key.
  const dropsThePolicy = () => new Injector(kms.Key.PROPERTY_INJECTION_ID, { policy: undefined, enableKeyRotation: false, removalPolicy: 'destroy' });

  test('leaves our key alone', () => {
    const injector = dropsThePolicy();
    const key = new CustomerManagedKey(stackWith(injector), 'Key', { alias: 'billing' });
    key.via(KmsService.S3);
    expect(policySids(key)).toEqual(['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyDirectGrants', 'UseThroughS3']);
    expect(propertiesOf(key).EnableKeyRotation).toBe(true);
    expect(injector.given).toEqual([]);
  });
});

describe('an injector on CustomerManagedKey', () => {
  const injector = (props: CustomerManagedKeyProps) => new Injector('cdk-kms-patterns.CustomerManagedKey', props);

  test('finds it by its id', () => {
    expect(CustomerManagedKey.PROPERTY_INJECTION_ID).toBe('cdk-kms-patterns.CustomerManagedKey');
  });

  test('is applied where no properties are given', () => {
    const applied = injector({ description: 'Of the organization', enabled: false });
    expect(propertiesOf(new CustomerManagedKey(stackWith(applied), 'Key'))).toMatchObject({ Description: 'Of the organization', Enabled: false });
    expect(applied.given).toEqual([undefined]);
  });

  test('is applied to those that are given', () => {
    const key = new CustomerManagedKey(stackWith(injector({ denyPolicyLockoutBypass: true })), 'Key', { description: 'Invoices' });
    expect(propertiesOf(key).Description).toBe('Invoices');
    expect(policySids(key)).toContain('DenyBypass');
  });

  test('cannot write what AWS KMS refuses', () => {
    expect(() => new CustomerManagedKey(stackWith(injector({ alias: 'alias/aws/x' })), 'Key')).toThrow(/^AliasInvalid: 'alias\/aws\/x' is no alias/);
  });
});

describe('injectors on keys of several Regions', () => {
  const keysWith = (injector: IPropertyInjector) => new TwoRegionsKey({}, new App({ propertyInjectors: [injector], treeMetadata: false }));

  test.each([
    ['CustomerManagedKey', undefined, undefined], ['MultiRegionKey', 'Of the organization', undefined], ['MultiRegionReplicaKey', undefined, 'Of the organization'],
  ])('one on %s is applied to that class alone, and once', (name, primary, replica) => {
    const injector = new Injector(`cdk-kms-patterns.${name}`, { description: 'Of the organization' });
    const keys = keysWith(injector);
    const made = keys.replica();
    expect([keys.primary, made].map((key) => propertiesOf(key).Description)).toEqual([primary, replica]);
    expect(injector.given).toHaveLength(name === 'CustomerManagedKey' ? 0 : 1);
  });

  test('none makes a key of one Region out of them, nor a second key in a Region', () => {
    const keys = keysWith(new Injector(MultiRegionKey.PROPERTY_INJECTION_ID, { multiRegion: false }));
    expect(propertiesOf(keys.primary).MultiRegion).toBe(true);
    const other = new MultiRegionKey(newStack(keys.app, 'Other', { account: ACCOUNT, region: THERE }), 'Key');
    const injected = keysWith(new Injector('cdk-kms-patterns.MultiRegionReplicaKey', { primaryKey: other }));
    expect(() => injected.replica()).toThrow(/^ReplicaRegionInvalid: /);
  });
});
