/** A call of AWS KMS as AWS CloudTrail recorded it. */
export interface KmsCall {
  /** The ARN of the key. */
  readonly key: string;
  /** Such as `kms:ReEncryptFrom`. */
  readonly action: string;
  /** The ARN of a role or user, or a service principal. */
  readonly principal: string;
  /** Whether a service calls by itself: the principal is its. */
  readonly byService: boolean;
  /** The service that calls for the principal, such as `ec2`: what `kms:ViaService` begins with. `?` where AWS CloudTrail does not name it. */
  readonly via?: string;
  readonly context: Readonly<Record<string, string>>;
  /** The grant that the call made. */
  readonly grant?: { readonly grantee: string; readonly operations: readonly string[] };
  /** Such as `AccessDenied`, with its message. */
  readonly error?: string;
}

const KEY_ARN = /arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+/g;

/** The calls in a record, one for each key: `ReEncrypt` is one record of two. */
export function kmsCallsIn(record: any): KmsCall[] {
  const { eventName, userIdentity = {}, requestParameters: request, sourceIPAddress, errorCode, errorMessage } = record;
  const common = {
    ...principalOf(userIdentity, sourceIPAddress),
    ...errorCode ? { error: errorMessage ? `${errorCode}: ${errorMessage}` : String(errorCode) } : {},
  };
  const keys = keysIn(record);
  if (eventName === 'ReEncrypt') {
    return keys.flatMap((key) => {
      const sides = [
        { action: 'kms:ReEncryptFrom', id: request?.sourceKeyId, context: request?.sourceEncryptionContext },
        { action: 'kms:ReEncryptTo', id: request?.destinationKeyId, context: request?.destinationEncryptionContext },
      ].filter(({ id }) => keys.length === 1 || id === undefined || key.endsWith(String(id).split('/').at(-1)!));
      return sides.map(({ action, context }) => ({ key, action, context: context ?? {}, ...common }));
    });
  }
  const constraints = request?.constraints ?? {};
  return keys.map((key) => ({
    key,
    action: `kms:${eventName}`,
    context: request?.encryptionContext ?? constraints.encryptionContextSubset ?? constraints.encryptionContextEquals ?? {},
    ...eventName === 'CreateGrant' && request ? { grant: { grantee: String(request.granteePrincipal), operations: request.operations ?? [] } } : {},
    ...common,
  }));
}

function principalOf(identity: any, address: unknown): Pick<KmsCall, 'principal' | 'byService' | 'via'> {
  const invokedBy: unknown = identity.invokedBy ?? (/amazonaws\.com|Internal$/.test(String(address)) ? address : undefined);
  if (identity.type === 'AWSService') {
    return { principal: String(invokedBy), byService: true };
  }
  const principal = identity.sessionContext?.sessionIssuer?.arn ?? identity.arn ?? identity.type ?? 'unknown';
  if (invokedBy === undefined) {
    return { principal, byService: false };
  }
  const [, prefix] = /^([\w-]+)(?:\.[\w-]+)*\.amazonaws\.com(?:\.cn)?$/.exec(String(invokedBy)) ?? [];
  return { principal, byService: false, via: prefix ?? '?' };
}

/** A refused call has its key in the message alone. */
function keysIn({ resources, requestParameters, errorMessage }: any): string[] {
  const named = JSON.stringify([resources, requestParameters]).match(KEY_ARN) ?? String(errorMessage).match(KEY_ARN) ?? [];
  return [...new Set(named)];
}
