import { may } from './model-statements';
import type { GoldenRow } from './policy-model';
import { allows, aws, DECRYPT, DELEGATED, denies, EVERYTHING, keyAllows, NAMES_R } from './statements';
import { A, Q, R, REGION, Statement, World } from '../../support/access-world';

const MRK = `arn:aws:kms:us-east-1:${A}:key/mrk-1`;
const asks = (action: string, context: object = {}) => ({ action: `kms:${action}`, context: context as Record<string, unknown>, complete: true });
const IN_IRELAND = asks('Decrypt', { 'aws:RequestedRegion': REGION });
const document = (...statements: Statement[]) => ({ Version: '2012-10-17', Statement: statements });
/** A replica here of a primary key in us-east-1. */
const replica = (...statements: Statement[]): World => ({
  resources: { Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: MRK, KeyPolicy: document(...statements) } } },
});
const primary = (...statements: Statement[]): World => ({ key: { MultiRegion: true, KeyPolicy: document(...statements) } });
const external = (...statements: Statement[]): World => ({ key: { Origin: 'EXTERNAL', KeyPolicy: document(...statements) } });
const REPLICATES = keyAllows(aws(R), 'kms:ReplicateKey', { StringEquals: { 'kms:ReplicaRegion': ['us-east-1', 'eu-central-1'] } });
const PROMOTES = keyAllows(aws(R), 'kms:UpdatePrimaryRegion', { StringEquals: { 'kms:PrimaryRegion': 'us-east-1' } });
const IMPORTS = keyAllows(aws(R), ['kms:GetParametersForImport', 'kms:ImportKeyMaterial']);
const WRAPPED = keyAllows(aws(R), 'kms:GetParametersForImport', { StringEquals: { 'kms:WrappingAlgorithm': 'RSA_AES_KEY_WRAP_SHA_256' } });
const PRIMARIES = allows('kms:*', '*', { StringEquals: { 'kms:MultiRegionKeyType': 'PRIMARY' } });
const REPLICAS = allows('kms:*', '*', { StringEquals: { 'kms:MultiRegionKeyType': 'REPLICA' } });
const FAMILIES = allows('kms:*', '*', { Bool: { 'kms:MultiRegion': 'true' } });
const AS_REPLICA = { key: 'Replica' };

/** Keys of several Regions, and keys whose material is imported. [K-mr, K-mrauth, K-imp, policy-model §1.1] */
export const MULTI_REGION: readonly GoldenRow[] = [
  ['ReplicateKey', 'to a declared Region', primary(REPLICATES), asks('ReplicateKey', { 'kms:ReplicaRegion': 'eu-central-1' }), 'allowed', 'K-cond'],
  ['ReplicateKey', 'to another', primary(REPLICATES), asks('ReplicateKey', { 'kms:ReplicaRegion': 'ap-south-1' }), 'denied', 'K-cond'],
  ['ReplicateKey', 'by IAM, where the account is delegated it', { ...primary(DELEGATED), r: [may('ReplicateKey')] }, asks('ReplicateKey'), 'allowed', 'K-mrauth'],
  ['ReplicateKey', 'by somebody else', { ...primary(REPLICATES), q: [EVERYTHING] }, { principal: Q, ...asks('ReplicateKey', { 'kms:ReplicaRegion': 'us-east-1' }) }, 'denied', 'K-mrauth'],
  ['CreateKey', 'of the replica, by IAM only', { ...primary(keyAllows(aws(R), 'kms:*')) }, asks('CreateKey', { 'aws:RequestedRegion': 'eu-central-1' }), 'denied', 'K-mrauth'],
  ['CreateKey', 'of the replica, in its Region', { ...primary(DELEGATED), r: [allows('kms:CreateKey', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } })] },
    asks('CreateKey', { 'aws:RequestedRegion': 'eu-central-1' }), 'allowed', 'K-mrauth'],
  ['CreateKey', 'of the replica, in another Region', { ...primary(DELEGATED), r: [allows('kms:CreateKey', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } })] },
    asks('CreateKey', { 'aws:RequestedRegion': REGION }), 'denied', 'K-mrauth'],
  ['CreateKey', 'on one key, which it is not', { ...primary(DELEGATED), r: [may('CreateKey')] }, asks('CreateKey'), 'denied', 'AUTH'],
  ['UpdatePrimaryRegion', 'to a declared Region', primary(PROMOTES), asks('UpdatePrimaryRegion', { 'kms:PrimaryRegion': 'us-east-1' }), 'allowed', 'K-cond'],
  ['UpdatePrimaryRegion', 'to another', primary(PROMOTES), asks('UpdatePrimaryRegion', { 'kms:PrimaryRegion': 'eu-central-1' }), 'denied', 'K-cond'],
  ['UpdatePrimaryRegion', 'of the new primary needs its own policy', { ...primary(PROMOTES), ...replica(NAMES_R) },
    { ...AS_REPLICA, ...asks('UpdatePrimaryRegion', { 'kms:PrimaryRegion': 'us-east-1' }) }, 'denied', 'K-mrauth'],
  ['UpdatePrimaryRegion', 'of the new primary, which allows it', replica(PROMOTES), { ...AS_REPLICA, ...asks('UpdatePrimaryRegion', { 'kms:PrimaryRegion': 'us-east-1' }) }, 'allowed', 'K-mrauth'],
  ['policy', 'the primary allows, the replica does not', { ...primary(NAMES_R), ...replica(keyAllows(aws(Q), 'kms:*')) }, AS_REPLICA, 'denied', 'K-mr'],
  ['policy', 'the replica allows, the primary does not', { ...primary(keyAllows(aws(Q), 'kms:*')), ...replica(NAMES_R) }, {}, 'denied', 'K-mr'],
  ['policy', 'the replica allows', replica(NAMES_R), AS_REPLICA, 'allowed', 'K-mr'],
  ['Resource', 'the primary of the family', { ...replica(DELEGATED), r: [allows('kms:Decrypt', MRK)] }, AS_REPLICA, 'denied', 'K-mr'],
  ['Resource', 'the family in every Region', { ...replica(DELEGATED), r: [allows('kms:Decrypt', `arn:aws:kms:*:${A}:key/mrk-1`)] }, AS_REPLICA, 'allowed', 'K-mr'],
  ['Resource', 'another family in every Region', { ...replica(DELEGATED), r: [allows('kms:Decrypt', `arn:aws:kms:*:${A}:key/mrk-2`)] }, AS_REPLICA, 'denied', 'K-mr'],
  ['Resource', 'the replica by its ARN', { ...replica(DELEGATED), r: [allows('kms:Decrypt', `arn:aws:kms:${REGION}:${A}:key/mrk-1`)] }, AS_REPLICA, 'allowed', 'K-mr'],
  ['Region', 'a Deny outside of one Region', { ...replica(NAMES_R), r: [denies('kms:*', '*', { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } })] }, { ...AS_REPLICA, ...IN_IRELAND }, 'denied', 'IAM-g'],
  ['kms:MultiRegionKeyType', 'of a primary', { ...primary(DELEGATED), r: [PRIMARIES] }, {}, 'allowed', 'K-cond'],
  ['kms:MultiRegionKeyType', 'of a replica', { ...replica(DELEGATED), r: [REPLICAS] }, AS_REPLICA, 'allowed', 'K-cond'],
  ['kms:MultiRegionKeyType', 'a replica is no primary', { ...replica(DELEGATED), r: [PRIMARIES] }, AS_REPLICA, 'denied', 'K-cond'],
  ['kms:MultiRegionKeyType', 'a key of one Region has none', { keyPolicy: [DELEGATED], r: [PRIMARIES] }, {}, 'denied', 'K-cond'],
  ['kms:MultiRegionKeyType', 'Null finds keys of one Region', { keyPolicy: [DELEGATED], r: [allows('kms:*', '*', { Null: { 'kms:MultiRegionKeyType': 'true' } })] }, {}, 'allowed', 'K-cond'],
  ['kms:MultiRegion', 'of a primary', { ...primary(DELEGATED), r: [FAMILIES] }, {}, 'allowed', 'K-cond'],
  ['kms:MultiRegion', 'of a replica', { ...replica(DELEGATED), r: [FAMILIES] }, AS_REPLICA, 'allowed', 'K-cond'],
  ['kms:MultiRegion', 'a Deny of all keys of several Regions', { ...primary(NAMES_R), r: [denies('kms:*', '*', { Bool: { 'kms:MultiRegion': 'true' } })] }, {}, 'denied', 'K-cond'],
  ['SynchronizeMultiRegionKey', 'by the role of AWS KMS alone', { ...primary(DELEGATED), r: [DECRYPT] }, asks('SynchronizeMultiRegionKey'), 'denied', 'AUTH'],
  ['import', 'who is named', external(IMPORTS), asks('ImportKeyMaterial'), 'allowed', 'K-imp'],
  ['import', 'and its parameters', external(IMPORTS), asks('GetParametersForImport'), 'allowed', 'K-imp'],
  ['import', 'deletes nothing', external(IMPORTS), asks('DeleteImportedKeyMaterial'), 'denied', 'K-imp'],
  ['import', 'uses nothing', external(IMPORTS), asks('Decrypt'), 'denied', 'K-imp'],
  ['import', 'with the wrapping that is asked for', external(WRAPPED), asks('GetParametersForImport', { 'kms:WrappingAlgorithm': 'RSA_AES_KEY_WRAP_SHA_256' }), 'allowed', 'K-cond'],
  ['import', 'with another wrapping', external(WRAPPED), asks('GetParametersForImport', { 'kms:WrappingAlgorithm': 'RSAES_OAEP_SHA_1' }), 'denied', 'K-cond'],
  ['import', 'kms:KeyOrigin is what the key has', { ...external(DELEGATED), r: [allows('kms:*', '*', { StringEquals: { 'kms:KeyOrigin': 'EXTERNAL' } })] }, {}, 'allowed', 'K-cond'],
];
