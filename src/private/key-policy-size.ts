/** The longest key policy that AWS KMS takes, in bytes. The quota cannot be raised. */
export const LARGEST_POLICY_BYTES = 32_768;

/** What CloudFormation puts in the place of a pseudo parameter, at its longest. */
const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-2',
  'AWS::URLSuffix': 'amazonaws.com.cn',
};
/** The ARN of a role with a generated name and no path is shorter than this. */
const UNKNOWN_VALUE = 'x'.repeat(128);

/**
 * The size in bytes of a key policy as it stands in a template: values that are known at deployment only count at their longest.
 */
export function keyPolicySize(policy: unknown): number {
  return Buffer.byteLength(JSON.stringify(substitute(policy)));
}

function substitute(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(substitute);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown];
    return Array.isArray(parts) ? parts.map(substitute).join(separator) : UNKNOWN_VALUE;
  }
  if (entries.length === 1 && name === 'Ref') {
    return PSEUDO_PARAMETERS[argument as string] ?? UNKNOWN_VALUE;
  }
  if (entries.length === 1 && name.startsWith('Fn::')) {
    return UNKNOWN_VALUE;
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, substitute(inner)]));
}
