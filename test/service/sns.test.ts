import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';
import { SNS } from '../../src/service/sns';

describe('Amazon SNS', () => {
  test('has publishers generate data keys and decrypt, and makes no grants', () => {
    expect(SNS.viaServices).toEqual(['sns']);
    expect(SNS.useActions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
    expect(SNS.createsGrants).toBeUndefined();
  });

  test('takes messages from the services that its page lists', () => {
    expect(SNS.senders!.map(({ servicePrincipal }) => servicePrincipal.replace('.amazonaws.com', '')).sort()).toEqual([
      'cloudwatch', 'codecommit', 'dms', 'ds', 'dynamodb', 'events', 'events.rds', 'glacier', 'inspector', 'redshift', 's3', 'ses',
      'ssm-contacts', 'ssm-incidents',
    ]);
  });

  test('demands the account of all but Amazon EventBridge where they send it', () => {
    const supported = SNS.senders!.filter(({ sourceAccount }) => sourceAccount === FactConfidence.UNKNOWN);
    expect(supported.map(({ servicePrincipal }) => servicePrincipal)).not.toContain('events.amazonaws.com');
    expect(supported).toHaveLength(SNS.senders!.length - 1);
  });

  test('deploys without the key, and takes another in place', () => {
    expect(SNS.deployActions).toBeUndefined();
    expect(SNS.resources).toEqual([{ type: 'AWS::SNS::Topic', property: 'KmsMasterKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION }]);
  });
});
