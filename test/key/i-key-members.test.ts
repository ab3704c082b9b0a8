import { dirname, join } from 'node:path';
import { IConstruct } from 'constructs';
import * as ts from 'typescript';
import { CustomerManagedKey, KmsService } from '../../src';
import { newStack } from '../support/key-stack';
import { TwoRegionsKey } from '../support/two-regions-key';

/** The members of an interface, those that it inherits included, by what they are. */
function membersOf(library: string): [string, 'method' | 'property'][] {
  const file = join(dirname(require.resolve(`${library}/package.json`)), 'aws-kms', 'lib', 'key.d.ts');
  const program = ts.createProgram([file], { skipLibCheck: true, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 });
  const checker = program.getTypeChecker();
  const declared = program.getSourceFile(file)!.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'IKey')!;
  return checker.getPropertiesOfType(checker.getTypeAtLocation(declared))
    .map(({ name, valueDeclaration }) => [name, ts.isMethodSignature(valueDeclaration!) ? 'method' : 'property']);
}

const members = membersOf('aws-cdk-lib-newest');
const ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const keys: [string, () => IConstruct][] = [
  ['CustomerManagedKey', () => new CustomerManagedKey(newStack(), 'Key')],
  ['the view of a service', () => new CustomerManagedKey(newStack(), 'Key').via(KmsService.S3)],
  ['MultiRegionKey', () => new TwoRegionsKey().primary],
  ['MultiRegionReplicaKey', () => new TwoRegionsKey().replica()],
  ['the view of a replica', () => new TwoRegionsKey().replica().via(KmsService.S3)],
  ['an imported key', () => CustomerManagedKey.fromKeyArn(newStack(), 'Key', ARN)],
  ['the view of an imported key', () => CustomerManagedKey.fromKeyArn(newStack(), 'Key', ARN, { services: [KmsService.S3] }).via(KmsService.S3)],
];

test('kms.IKey of the newest aws-cdk-lib has the members of IResource and of IKeyRef too', () => {
  expect(members.map(([name]) => name)).toEqual(expect.arrayContaining(['applyRemovalPolicy', 'env', 'grantDecrypt', 'keyArn', 'keyRef', 'node', 'stack']));
});

describe.each(keys)('%s', (_name, make) => {
  test.each(members)('has %s, a %s', (name, kind) => {
    const member = (make() as unknown as Record<string, unknown>)[name];
    expect(kind === 'method' ? typeof member : member !== undefined).toBe(kind === 'method' ? 'function' : true);
  });
});
