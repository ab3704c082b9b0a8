import { FactConfidence } from '../../src/service/fact-confidence';
import { KmsService } from '../../src/service/kms-service';
import { KmsServiceFacts } from '../../src/service/kms-service-facts';
import { validateFacts } from '../../src/service/validate-facts';
import { KMS_ADMINISTRATIVE_ACTIONS, KMS_USE_AND_GRANT_ACTIONS, KMS_WILDCARDS } from '../support/kms-actions';

const catalogue = KmsService.all().map((service): [string, KmsServiceFacts] => [service.facts.name, service.facts]);

describe.each(catalogue)('%s', (_name, facts) => {
  const principals = [...facts.servicePrincipals ?? [], ...facts.senders ?? []];
  const used = [
    facts.useActions ?? [],
    ...(facts.executionRoles ?? []).map((role) => role.actions),
    ...(facts.serviceLinkedRoles ?? []).map((role) => role.actions),
    ...principals.flatMap(({ actions, writeActions = [] }) => [actions, writeActions]),
  ];
  const listed = [...used, facts.deployActions ?? [], facts.identityOnlyActions ?? []];

  test('lists actions that AWS KMS has, each once and in order', () => {
    for (const actions of listed) {
      expect([...KMS_USE_AND_GRANT_ACTIONS, ...KMS_WILDCARDS]).toEqual(expect.arrayContaining(actions));
      expect(actions).toEqual([...new Set(actions)].sort());
    }
  });

  test('leaves grants to their own statement, and administration to administrators', () => {
    const forbidden = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RetireGrant', 'kms:RevokeGrant', ...KMS_ADMINISTRATIVE_ACTIONS];
    expect(used.flat().filter((action) => forbidden.includes(action))).toEqual([]);
    expect(listed.flat().filter((action) => KMS_ADMINISTRATIVE_ACTIONS.includes(action))).toEqual([]);
  });

  test('has only kms:RetireGrant as an action that a key policy cannot give', () => {
    expect((facts.identityOnlyActions ?? []).filter((action) => action !== 'kms:RetireGrant')).toEqual([]);
  });

  test('deploys with what the key policy allows its callers', () => {
    const allowed = [...facts.useActions ?? [], ...facts.createsGrants ? ['kms:CreateGrant', 'kms:RevokeGrant'] : []];
    expect((facts.deployActions ?? []).filter((action) => !allowed.includes(action))).toEqual([]);
    if (facts.deployActions) {
      expect(facts.deployActions.includes('kms:CreateGrant')).toBe(facts.createsGrants ?? false);
    }
  });

  test('fences what callers do, or calls by itself', () => {
    expect((facts.viaServices ?? []).length > 0).toBe((facts.useActions ?? []).length > 0);
    expect((facts.useActions ?? []).length + (facts.servicePrincipals ?? []).length + (facts.serviceLinkedRoles ?? []).length).toBeGreaterThan(0);
  });

  test('lets deployments through further services only where they do something', () => {
    expect(facts.deployViaServices === undefined || (facts.deployActions ?? []).length > 0).toBe(true);
    expect((facts.deployViaServices ?? []).filter((prefix) => facts.viaServices!.includes(prefix))).toEqual([]);
  });

  test('names service principals by name, once where it is wired', () => {
    const senders = (facts.senders ?? []).map(({ servicePrincipal }) => servicePrincipal);
    expect(senders).toEqual([...new Set(senders)]);
    for (const { servicePrincipal, actions } of principals) {
      expect(servicePrincipal).toMatch(/^[a-z0-9{}.-]+\.(amazonaws\.com|\{urlSuffix\})$/);
      expect(actions).not.toContain('kms:DescribeKey');
    }
  });

  test('writes no partition, Region or account', () => {
    const patterns = [
      ...(facts.executionRoles ?? []).map(({ contextPattern }) => contextPattern),
      ...principals.flatMap(({ sourceArn, encryptionContext }) => [sourceArn ?? '', ...Object.values(encryptionContext ?? {})]),
      ...(facts.encryptionContexts ?? []).map(({ value }) => value),
    ];
    expect(patterns.filter((pattern) => /arn:aws|\d{12}|[a-z]{2}-[a-z]+-\d/.test(pattern))).toEqual([]);
    expect(patterns.join().replace(/\{(partition|region|account)\}/g, '')).not.toMatch(/[{}]/);
  });

  test('comes from pages of AWS', () => {
    expect(facts.sources).toEqual([...new Set(facts.sources)]);
    expect(facts.sources.every((source) => source.startsWith('https://docs.aws.amazon.com/'))).toBe(true);
  });

  test('says in a sentence what no page confirms', () => {
    const contexts = (facts.encryptionContexts ?? []).map(({ confidence }) => confidence);
    const sources = principals.map(({ sourceAccount }) => sourceAccount);
    if ([...contexts, ...sources].includes(FactConfidence.UNKNOWN)) {
      expect(facts.unconfirmed).not.toBeUndefined();
    }
    expect((facts.unconfirmed ?? []).filter((sentence) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
  });

  test('passes the checks that services of your own have to pass', () => {
    expect(() => validateFacts('Own', facts)).not.toThrow();
  });
});
