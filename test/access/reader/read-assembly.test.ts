import { CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { readable } from '../../../src/access/text/text';
import { newApp, newStack } from '../../support/key-stack';
import { addTwoStages } from '../../support/two-stages';

const METADATA = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };
const KEYS = ['Beta/Keys/Key', 'Beta/Keys/One/Two/Key', 'Prod/Keys/Key', 'Prod/Keys/One/Two/Key'];

/** Who can decrypt with which key of two Stages, by construct paths. */
function decryptions(directory: string): Record<string, string> {
  const model = new AccessModel(readAssembly(directory));
  const roles = model.identities.filter(({ constructPath }) => constructPath?.endsWith('/Role/Resource')).map((role) => model.nameOf(role));
  return Object.fromEntries(roles.map((principal) =>
    [principal, KEYS.map((key) => model.decide({ principal, key, action: 'kms:Decrypt' }).verdict).join(' ')]));
}

describe.each(['strong', 'weak', 'both'])('%s references between accounts, Regions, Stages and nested stacks are followed', (strength) => {
  test.each([['with metadata in the templates', METADATA], ['without', {}]])('%s', (_, metadata) => {
    const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': strength, ...metadata });
    addTwoStages(app);
    expect(decryptions(app.synth().directory)).toEqual({
      'Beta/Users/Nested/Role': 'allowed allowed denied denied',
      'Beta/Neighbours/Role': 'allowed allowed denied denied',
      'Beta/Partners/Role': 'denied allowed denied denied',
      'Beta/Inner/Inner/Role': 'denied allowed denied allowed',
      'Prod/Users/Nested/Role': 'denied denied allowed allowed',
      'Prod/Neighbours/Role': 'denied denied allowed allowed',
      'Prod/Partners/Role': 'denied denied denied allowed',
      'Prod/Inner/Inner/Role': 'denied allowed denied allowed',
    });
  });
});

describe('a template is deployed', () => {
  function deploymentOf(env: { account?: string; region?: string }, defaults?: { account?: string; region?: string }): string[] {
    const app = newApp();
    new kms.Key(new NestedStack(newStack(app, 'Keys', env), 'Nested'), 'Key');
    return readAssembly(app.synth().directory, defaults).map(({ stackName, deployment: { account, region, partition } }) =>
      [stackName.split('/').length, account, region, partition].map((text) => readable(String(text))).join(' '));
  }

  test.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['mars-north-1', '<AWS::Partition>'],
  ])('in %s in the partition %s, and so are those nested in it', (region, partition) => {
    expect(deploymentOf({ account: '111122223333', region })).toEqual([`1 111122223333 ${region} ${partition}`, `2 111122223333 ${region} ${partition}`]);
  });

  test.each([
    [{}, undefined, '<AWS::AccountId> <AWS::Region> <AWS::Partition>'],
    [{ region: 'eu-west-1' }, undefined, '<AWS::AccountId> eu-west-1 aws'],
    [{ account: '111122223333' }, { region: 'cn-north-1' }, '111122223333 cn-north-1 aws-cn'],
    [{}, { account: '444455556666', region: 'eu-west-1' }, '444455556666 eu-west-1 aws'],
    [{ account: '111122223333', region: 'eu-west-1' }, { account: '444455556666', region: 'us-east-1' }, '111122223333 eu-west-1 aws'],
  ])('from %j with the defaults %j into %s', (env, defaults, expected) => {
    expect(deploymentOf(env, defaults)[0]).toBe(`1 ${expected}`);
  });
});

test('a stack has the parameters, resources and outputs of its template, a nested one its place in it', () => {
  const app = newApp();
  const stack = newStack(app, 'Keys');
  new CfnParameter(stack, 'Team', { default: 'data' });
  new kms.Key(new NestedStack(stack, 'Nested'), 'Key');
  const [outer, nested] = readAssembly(app.synth().directory);
  const [logicalId] = [...outer.resources].find(([, { type }]) => type === 'AWS::CloudFormation::Stack')!;
  expect(outer.parameters.get('Team')).toEqual({ type: 'String', default: 'data' });
  expect(nested).toMatchObject({ stackName: `Keys/${logicalId}`, nestedIn: { template: outer, logicalId } });
});

test('CloudFormation deploys with the role of the synthesizer', () => {
  const app = newApp();
  newStack(app, 'Keys');
  expect(readAssembly(app.synth().directory)[0].executionRoleArn)
    .toBe('arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-2');
});

describe('Stages that have stacks of the same name and no environment', () => {
  function twins(...names: string[]): AccessModel {
    const app = newApp();
    names.forEach((name, i) => {
      const stack = new Stack(new Stage(app, `Stage${i}`), 'Keys', { stackName: name });
      new kms.CfnKey(stack, 'Key', { keyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '${AWS::AccountId}' }, Action: 'kms:*', Resource: '*' }] } });
    });
    return new AccessModel(readAssembly(app.synth().directory));
  }

  test('go to accounts of which nobody knows whether they are the same', () => {
    const [one, other] = twins('Keys', 'Keys').keys;
    expect([one, other].map(({ arn }) => readable(arn))).toEqual(['Stage0', 'Stage1'].map((stage) =>
      `arn:<AWS::Partition of assembly-${stage}>:kms:<AWS::Region of assembly-${stage}>:<AWS::AccountId of assembly-${stage}>:key/`
      + `<Keys@<AWS::AccountId of assembly-${stage}>/<AWS::Region of assembly-${stage}>/Key>`));
  });

  test('are told from those whose stacks have other names, which go to one account', () => {
    const [one, other] = twins('Keys', 'OtherKeys').keys;
    expect(one.account).toBe(other.account);
  });
});
