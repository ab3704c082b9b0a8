import { App, type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { NAG_CONTEXT, nagFindings, nagPacks } from './nag';

const brokenPlugin: IPolicyValidationPlugin = {
  name: 'Broken',
  validate: () => {
    throw new Error('no rules found');
  },
};

function app(...plugins: IPolicyValidationPlugin[]): App {
  const made = new App({ context: NAG_CONTEXT });
  Validations.of(made).addPlugins(...plugins);
  return made;
}

test.each([
  ['AwsSolutions', 'AwsSolutions-S1'],
  ['HIPAA.Security', 'HIPAA.Security-S3BucketVersioningEnabled'],
  ['NIST.800.53.R5', 'NIST.800.53.R5-S3DefaultEncryptionKMS'],
  ['PCI.DSS.321', 'PCI.DSS.321-S3BucketPublicReadProhibited'],
])('%s finds %s in a bad bucket', (pack, rule) => {
  const findings = nagFindings((stack) => {
    new s3.Bucket(stack, 'Bad');
  });

  expect(findings).toContainEqual({ pack, rule, path: 'Nag/Bad/Resource' });
});

test('an acknowledged finding is none', () => {
  const findings = nagFindings((stack) => {
    Validations.of(new sqs.Queue(stack, 'Queue', { enforceSSL: true })).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is a test.' });
  });

  expect(findings).toEqual([]);
});

test.each(['AwsSolutions-S1', 'AwsSolutions::AwsSolutions-S1'])('acknowledging %s of one construct hides it in no other', (id) => {
  const findings = nagFindings((stack) => {
    Validations.of(new s3.Bucket(stack, 'Acknowledged')).acknowledge({ id, reason: 'It is a test.' });
    new s3.Bucket(stack, 'Other');
  });

  expect(findings.filter(({ rule }) => rule === 'AwsSolutions-S1')).toEqual([
    { pack: 'AwsSolutions', rule: 'AwsSolutions-S1', path: 'Nag/Other/Resource' },
  ]);
});

test('fails when a plugin broke', () => {
  const broken = app(...nagPacks(), brokenPlugin);
  new Stack(broken, 'Nag');

  expect(() => nagFindings(broken)).toThrow('Validation plugin \'Broken\' failed: no rules found');
});

test('fails when a pack was not added', () => {
  expect(() => nagFindings(app(...nagPacks().slice(1)))).toThrow('The app is not held against AwsSolutions');
});

test('fails when findings would throw before they are read', () => {
  expect(() => nagFindings(new App())).toThrow('nagFindings takes an app with its context: new App({ context: NAG_CONTEXT })');
});
