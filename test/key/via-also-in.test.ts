import { CustomerManagedKey, KmsService, ViaServiceOptions } from '../../src';
import { viaAlsoIn } from '../../src/key/via-also-in';
import { statement } from '../support/key-policy';
import { ACCOUNT, newRole, newStack } from '../support/key-stack';

const THERE = ['eu-west-1'];
const BOTH = ['secretsmanager.eu-west-1.amazonaws.com', 'secretsmanager.eu-west-2.amazonaws.com'];

test.each<[string, ViaServiceOptions | undefined]>([
  ['nothing', undefined], ['other Regions', { regions: ['eu-west-3'] }], ['contexts', { contexts: ['arn:aws:secretsmanager:*:111122223333:secret:billing-*'] }],
])('a service that was let in with %s is let in from further Regions, and stays what it was', (_what, options) => {
  const key = new CustomerManagedKey(newStack(), 'Key');
  const before = key.via(KmsService.SECRETS_MANAGER, options);

  expect(viaAlsoIn(key, KmsService.SECRETS_MANAGER, THERE)).toBe(before);
  expect(key.via(KmsService.SECRETS_MANAGER, options)).toBe(before);
  expect(statement(key, 'UseThroughSecretsManager').Condition).toMatchObject({
    StringEquals: { 'kms:ViaService': [...new Set([...BOTH, ...(options?.regions ?? []).map((region) => `secretsmanager.${region}.amazonaws.com`)])] },
    ...options?.contexts && { StringLike: { 'kms:EncryptionContext:SecretARN': options.contexts[0] } },
  });
});

test('further Regions are in the identity half as well', () => {
  const stack = newStack();
  const key = new CustomerManagedKey(stack, 'Key');
  const role = newRole(stack);
  viaAlsoIn(key, KmsService.SECRETS_MANAGER, THERE).grantDecrypt(role);
  const policy = role.node.findChild('DefaultPolicy') as any;

  expect(stack.resolve(policy.document).Statement[0].Condition).toEqual({ StringEquals: { 'kms:ViaService': BOTH } });
});

test('of no further Region, it is let in as ever', () => {
  const key = new CustomerManagedKey(newStack(), 'Key');
  viaAlsoIn(key, KmsService.SECRETS_MANAGER, []);

  expect(statement(key, 'UseThroughSecretsManager').Condition).toEqual({ StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': BOTH[1] } });
});
