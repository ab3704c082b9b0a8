import { ACCOUNT, Answers, keyArn } from '../fake-surroundings';
import { run, SCRIPTS, SOURCE } from '../scripted-run';

describe('domain', () => {
  const NAME = 'kms-probe-test-domain';
  const OTHER = `arn:aws:kms:${SOURCE}:${ACCOUNT}:key/other`;
  const keys: Answers = { 'kms.CreateKey': ({ Description }, region) => ({ KeyMetadata: { Arn: Description === `${NAME}-other` ? OTHER : keyArn(region) } }) };

  test('is under the key, and lets only its account in', async () => {
    const { surroundings } = await run('domain', SCRIPTS.domain);
    const [{ input }] = surroundings.callsOf('openSearch.CreateDomain');

    expect(keyArn(SOURCE)).toContain(`/${input.EncryptionAtRestOptions.KmsKeyId}`);
    expect(JSON.parse(input.AccessPolicies).Statement).toMatchObject(
      [{ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Resource: `arn:aws:es:${SOURCE}:${ACCOUNT}:domain/${NAME}/*` }]);
  });

  test.each<[string, Answers]>([
    ['UpdateDomainConfig with another key failed: ValidationException: no', {
      'openSearch.UpdateDomainConfig': () => {
        throw Object.assign(new Error('no'), { name: 'ValidationException' });
      },
    }],
    [`UpdateDomainConfig with another key did not fail: the domain has ${OTHER}, which was ${keyArn(SOURCE)}`, {
      'openSearch.DescribeDomain': () => ({ DomainStatus: { Created: true, Processing: false, EncryptionAtRestOptions: { KmsKeyId: OTHER } } }),
    }],
  ])('is asked to change its key, and the other one is deleted: %s', async (told, answers) => {
    const { result, surroundings } = await run('domain', { ...SCRIPTS.domain, ...keys, ...answers });
    const deleted = surroundings.callsOf('kms.ScheduleKeyDeletion').map(({ input }) => input.KeyId);

    expect(surroundings.callsOf('openSearch.UpdateDomainConfig').map(({ input }) => input.EncryptionAtRestOptions)).toEqual([{ Enabled: true, KmsKeyId: 'other' }]);
    expect(result.failure).toBeUndefined();
    expect(result.notes).toEqual([told]);
    expect(deleted).toHaveLength(3);
    expect(deleted[0]).toBe('other');
  });

  test('is found by its name, also while it is being deleted', async () => {
    let looks = 0;
    const { result, surroundings } = await run('domain', {
      ...SCRIPTS.domain,
      'openSearch.ListDomainNames': () => ({ DomainNames: [{ DomainName: 'shop' }, ...looks++ < 2 ? [{ DomainName: NAME }] : []] }),
    });

    expect(result.left).toEqual([]);
    expect(surroundings.callsOf('openSearch.DeleteDomain').map(({ input }) => input)).toEqual([{ DomainName: NAME }, { DomainName: NAME }]);
  });
});
