import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, ListAliasesCommand } from '@aws-sdk/client-kms';
import { type Checks } from './checks';
import { type DeployedResource } from './deployed-resource';
import { type KeyExpectation } from './example-expectations';

/** Reads one key back and compares it with its template and its expectation. Returns its ARN. */
export async function checkKey(checks: Checks, key: DeployedResource, expected: KeyExpectation, rotationDays?: number): Promise<string> {
  const { kms } = key.aws;
  const KeyId = key.physicalId;
  const spec = key.property('KeySpec') ?? 'SYMMETRIC_DEFAULT';
  const policy = key.property('KeyPolicy');

  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  checks.equal(`${key.path} is an enabled ${spec} key`,
    [KeyMetadata?.KeyState, KeyMetadata?.KeySpec, KeyMetadata?.MultiRegion],
    ['Enabled', spec, key.property('MultiRegion') ?? false]);

  const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
  checks.equal(`${key.path} has the key policy of its template (${policy.Statement.length} statements)`, parsed(Policy), policy);

  const rotation = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
  checks.equal(`${key.path} ${rotationDays ? `rotates every ${rotationDays} days` : 'does not rotate'}`,
    [rotation.KeyRotationEnabled, rotation.RotationPeriodInDays], [rotationDays !== undefined, rotationDays]);

  const { Aliases = [] } = await kms.send(new ListAliasesCommand({ KeyId }));
  checks.equal(`${key.path} is the target of ${expected.aliases.join(', ') || 'no alias'}`,
    Aliases.map((alias) => alias.AliasName).sort(), [...expected.aliases].sort());

  return KeyMetadata?.Arn ?? '';
}

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    return `text that is not JSON: ${policy}`;
  }
}
