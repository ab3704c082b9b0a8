import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EbsSnapshotCopyProps, SourceKeys } from '../../../src';
import { ACCOUNT, newApp, newStack, REGION } from '../../support/key-stack';
import { ebsCopies, THERE } from '../../support/snapshot-copies/ebs-copies';

function copiesThere(props: Partial<EbsSnapshotCopyProps>): Template {
  const app = newApp();
  ebsCopies(newStack(app, 'Data'), props);
  return Template.fromJSON(app.synth().getStackByName(THERE).template);
}

test('fails for keys that the boundary has no room for', () => {
  const arns = Array.from({ length: 30 }, (_, i) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890${String(i).padStart(2, '0')}`);
  const make = (keys: string[], permissionsBoundary?: iam.IManagedPolicy) => () =>
    copiesThere({ sourceKeys: SourceKeys.withArns(...keys), permissionsBoundary });

  expect(make(arns.slice(0, 15))).not.toThrow();
  expect(make(arns, iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'))).not.toThrow();
  expect(make(arns)).toThrow(/BoundaryTooLarge: the permissions boundary of what copies has 7\d{3} characters, and IAM takes 6144;/);
  expect(make(arns)).toThrow('name the sourceKeys by fewer aliases, such as SourceKeys.withAliases(\'data/*\'), or give a permissionsBoundary');
});

test('a boundary that is given takes the place of our own', () => {
  const there = copiesThere({ permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess') });

  expect(there.findResources('AWS::IAM::ManagedPolicy')).toEqual({});
  there.hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/PowerUserAccess']] } });
});
