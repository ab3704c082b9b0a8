import { A, ask, World } from '../../support/access-world';
import { allows, aws, DELEGATED, keyAllows } from '../golden/statements';

/** An open question finds the values that a request must have, also where no policy names them. */
test.each<[string, World, object, string]>([
  ['a tag that is part of the ARN of the key', { keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', 'arn:aws:kms:*:*:${aws:PrincipalTag/type}/*')] }, {}, 'conditional'],
  ['a tag that is part of the name of the role',
    { keyPolicy: [keyAllows(aws('*'), 'kms:*', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${A}:role/\${aws:PrincipalTag/name}` } })] }, {}, 'conditional'],
  ['a tag that is no part of it', { keyPolicy: [keyAllows(aws('*'), 'kms:*', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${A}:role/x\${aws:PrincipalTag/name}` } })] },
    {}, 'denied'],
  ['a key of the encryption context that the request says not to have',
    { keyPolicy: [keyAllows(aws('*'), 'kms:*', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'a' } })] },
    { 'kms:EncryptionContext:a': null }, 'denied'],
  ['a key of the encryption context beside the one that the request says not to have',
    { keyPolicy: [keyAllows(aws('*'), 'kms:*', { 'ForAnyValue:StringLike': { 'kms:EncryptionContextKeys': ['a', 'b*'] } })] },
    { 'kms:EncryptionContext:a': null }, 'conditional'],
])('%s', (_, world, context, verdict) => {
  expect(ask(world, { context: context as Record<string, unknown> })).toMatchObject({ verdict });
});
