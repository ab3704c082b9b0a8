import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { assumptions } from '../../src/report/assumptions';
import { CustomerManagedKey } from 'cdk-kms-patterns';

test('the stacks whose key policies leave the execution role to IAM are one sentence', () => {
  const app = new App();
  ['One', 'Two'].forEach((id) => new CustomerManagedKey(new Stack(app, id), 'Key'));

  expect(assumptions(app.synth().directory)).toEqual([
    'IAM allows kms:PutKeyPolicy to the role that CloudFormation deploys One, Two with.',
  ]);
});

test('nothing is assumed where the key policy names its administrators', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-2' } });
  new CustomerManagedKey(stack, 'Key', { administrators: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/security')] });

  expect(assumptions(app.synth().directory)).toEqual([]);
});
