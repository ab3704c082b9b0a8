import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { EbsEncryptionByDefault, ParameterValue, SecureStringCopy, SecureStringParameter, SnapshotDestination } from '../../src';
import { KmsService } from '../../src/service/kms-service';
import { SYDNEY } from '../support/copies';
import { newApp } from '../support/key-stack';
import { copied } from '../support/warehouse-copies';
import { newCluster } from '../support/warehouses';

const resources = KmsService.all().flatMap((service) => service.facts.resources ?? []);
const ofAws = resources.filter(({ type }) => !type.startsWith('Custom::'));
/** The smallest aws-cdk-lib does not know them yet. */
const NEWER = ['AWS::Redshift::SnapshotCopyGrant'];

describe.each(ofAws.map(({ type, property }): [string, string] => [type, property]))('%s %s', (type, path) => {
  const [, service, resource] = type.toLowerCase().split('::');
  const properties = path.split('.');
  const module = `${NEWER.includes(type) ? 'aws-cdk-lib-newest' : 'aws-cdk-lib'}/aws-${service}`;
  const generated = join(dirname(require.resolve(module)), 'lib', `${service}.generated`);

  test('is a resource type of aws-cdk-lib', () => {
    const classes = Object.values(jest.requireActual<Record<string, { CFN_RESOURCE_TYPE_NAME?: string }>>(module));
    expect(classes.map((cfn) => cfn.CFN_RESOURCE_TYPE_NAME)).toContain(type);
  });

  test('has the first property of the path', () => {
    expect(readFileSync(`${generated}.d.ts`, 'utf8')).toContain(`#cfn-${service}-${resource}-${properties[0].toLowerCase()}\n`);
  });

  test('has the last property of the path', () => {
    const anchor = new RegExp(`#cfn-${service}-${resource}-([a-z0-9]+-)?${properties.at(-1)!.toLowerCase()}\n`);
    expect(readFileSync(`${generated}.d.ts`, 'utf8')).toMatch(anchor);
  });

  test('spells every property as CloudFormation does', () => {
    const written = readFileSync(`${generated}.js`, 'utf8');
    expect(properties.filter((property) => !new RegExp(`\\b${property}\\b`).test(written))).toEqual([]);
  });
});

test('what else is listed is a custom resource of this library, with the property that it has', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-2' } });
  new EbsEncryptionByDefault(stack, 'Encryption');
  const source = new SecureStringParameter(stack, 'Token', { parameterName: '/token', value: ParameterValue.generated() });
  new SecureStringCopy(stack, 'Copy', { source, destination: SnapshotDestination.inRegion(SYDNEY) });
  copied(newCluster(stack));

  const { Resources } = app.synth().getStackByName('Stack').template as { Resources: Record<string, { Type: string; Properties?: object }> };

  const custom = resources.filter((resource) => !ofAws.includes(resource));
  const made = Object.values(Resources).filter(({ Type }) => Type.startsWith('Custom::'));
  expect(made.map(({ Type }) => Type).sort()).toEqual(custom.map(({ type }) => type).sort());
  custom.forEach(({ type, property }) => expect(made.find(({ Type }) => Type === type)!.Properties).toHaveProperty(property));
});

test('no property is listed for two services', () => {
  const listed = resources.map(({ type, property }) => `${type} ${property}`);
  expect(listed).toEqual([...new Set(listed)]);
});
