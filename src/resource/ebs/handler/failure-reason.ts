import { Refusal } from '../../../private/custom-resource/refusal';

const POLICIES = 'look at the policies of your organization, which may keep this setting to itself, and for a key of somebody else at its policy';
const REASONS: Record<string, string> = {
  AccessDenied: POLICIES,
  AccessDeniedException: POLICIES,
  RequestLimitExceeded: 'deploy again when fewer calls are made in this account and Region',
  ThrottlingException: 'deploy again when fewer calls are made in this account and Region',
  UnauthorizedOperation: POLICIES,
};

/** What went wrong, for whoever reads the events of the stack: what happened, and what to do. No call of this function has a secret to quote. */
export function failureReason(error: unknown, doing: string): string {
  const { name, message, $metadata } = error as Error & { $metadata?: { requestId?: string } };
  const what = `${doing} EBS encryption by default failed`;
  if (error instanceof Refusal) {
    return `${what}: ${message}`;
  }
  const request = $metadata?.requestId ? ` (request ID ${$metadata.requestId})` : '';
  // Longer than all the rest, and for sts:DecodeAuthorizationMessage only.
  const told = message.replace(/\s*Encoded authorization failure message:.*$/s, '').replace(/\.$/, '');
  return `${what}: ${name}: ${told}${request}${name in REASONS ? `. To mend it: ${REASONS[name]}` : ''}`;
}
