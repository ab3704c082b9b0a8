import { CfnResource } from 'aws-cdk-lib';
import { KmsPatternsError } from '../../src/private/kms-patterns-error';
import { newApp, newStack } from '../support/key-stack';

test.each<[string, () => CfnResource | ReturnType<typeof newApp> | undefined, string]>([
  ['the path of the construct', () => new CfnResource(newStack(), 'Resource', { type: 'AWS::S3::Bucket' }), 'Code: what is wrong [at Keys/Resource]'],
  ['the app', () => newApp(), 'Code: what is wrong [at App]'],
  ['no place where there is none', () => undefined, 'Code: what is wrong'],
])('an error says its code, what is wrong, and %s', (_name, scopeOf, message) => {
  expect(new KmsPatternsError('Code', 'what is wrong', scopeOf()).message).toBe(message);
});

test('an error has its code and its name apart', () => {
  const error = new KmsPatternsError('Code', 'what is wrong');
  expect([error.code, error.name, error instanceof Error]).toEqual(['Code', 'KmsPatternsError', true]);
});
