import type { GoldenRow } from './policy-model';
import { pair } from './requests';
import { allows, aws, DECRYPT, DELEGATED, denies, EVERYTHING, keyAllows, keyDenies, NAMES_R, service, through, via } from './statements';
import { A, AUTO_SCALING, B, K, R, RB, REGION, ROOT, ROOT_B, U, World } from '../../support/access-world';

const may = (action: string, condition: object): World => ({ keyPolicy: [keyAllows(aws(R), `kms:${action}`, condition)] });
const asks = (action: string, context: object = {}) => ({ action: `kms:${action}`, context: context as Record<string, unknown>, complete: true });
const APP = { 'kms:EncryptionContext:AppName': 'ExampleApp' };
const ONLY_APP = { 'StringEquals': APP, 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['AppName'] } };
const RSA = { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' };
const rsa = (...keyPolicy: World['keyPolicy'] & object) => ({ key: { ...RSA, KeyPolicy: { Version: '2012-10-17', Statement: keyPolicy } } });
const SYMMETRIC_ONLY = denies(['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], '*', { StringNotEquals: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' } });
const OWN_DATA = keyAllows(aws(U), ['kms:Decrypt', 'kms:Encrypt'], { StringEquals: { 'kms:EncryptionContext:user': '${aws:username}' } });
const FOREVER = { StringEquals: { 'kms:ExpirationModel': 'KEY_MATERIAL_DOES_NOT_EXPIRE' } };
const SERVICE_GRANTS = { Bool: { 'kms:GrantIsForAWSResource': true } };
const LONG_UNUSED = keyDenies('*', ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], { NumericLessThanEquals: { 'kms:TrailingDaysWithoutKeyUsage': '365' } });
const SNS = 'sns.amazonaws.com';

/** What each condition key means. [K-cond, IAM-g] */
export const CONDITION_SEMANTICS: readonly GoldenRow[] = [
  ['kms:CallerAccount', 'everybody of the account', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': A } })] }, {}, 'allowed', 'K-cond'],
  ['kms:CallerAccount', 'everybody of another account, with IAM there', {
    keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': B } })], rb: [DECRYPT],
  }, { principal: RB }, 'allowed', 'K-cond'],
  ['kms:CallerAccount', 'everybody of another account, without IAM there', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': B } })] },
    { principal: RB }, 'denied', 'K-xacct'],
  ['kms:CallerAccount', 'a request cannot say another account', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': A } })], rb: [DECRYPT] },
    { principal: RB, context: { 'kms:CallerAccount': A } }, 'denied', 'K-cond'],
  ['kms:CallerAccount', 'a service calls from no account', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': A } })] },
    { principal: SNS, context: { 'kms:CallerAccount': A } }, 'denied', 'K-cond'],
  ['kms:ViaService', 'either of two services', may('Decrypt', through('ec2', 'rds')), asks('Decrypt', { 'kms:ViaService': via('rds') }), 'allowed', 'K-cond'],
  ['kms:ViaService', 'a Deny of one service leaves the others', { keyPolicy: [NAMES_R, keyDenies(aws(R), 'kms:Decrypt', through('lambda'))] },
    asks('Decrypt', { 'kms:ViaService': via('s3') }), 'allowed', 'K-cond'],
  ['kms:ViaService', 'a Deny of one service denies it', { keyPolicy: [NAMES_R, keyDenies(aws(R), 'kms:Decrypt', through('lambda'))] },
    asks('Decrypt', { 'kms:ViaService': via('lambda') }), 'denied', 'K-cond'],
  ['kms:ViaService', 'a Deny of all services denies no direct call', { keyPolicy: [NAMES_R, keyDenies(aws(R), 'kms:Decrypt', { Null: { 'kms:ViaService': 'false' } })] },
    asks('Decrypt'), 'allowed', 'K-cond'],
  ['kms:EncryptionContext', 'the pair among others', may('Decrypt', { StringEquals: APP }), asks('Decrypt', { ...APP, ...pair('FileName', 'Log.txt') }), 'allowed', 'K-cond'],
  ['kms:EncryptionContext', 'the pair and nothing else', may('Decrypt', ONLY_APP), asks('Decrypt', APP), 'allowed', 'K-cond'],
  ['kms:EncryptionContext', 'the pair and nothing else, with another', may('Decrypt', ONLY_APP), asks('Decrypt', { ...APP, ...pair('FileName', 'Log.txt') }), 'denied', 'K-cond'],
  ['kms:EncryptionContext', 'the pair and nothing else, without it', may('Decrypt', ONLY_APP), asks('Decrypt'), 'denied', 'K-cond'],
  ['kms:EncryptionContext', 'a Deny of one stage leaves another', { keyPolicy: [NAMES_R, keyDenies(aws(R), 'kms:*', { StringEquals: pair('Stage', 'Restricted') })] },
    asks('Decrypt', pair('Stage', 'Test')), 'allowed', 'K-cond'],
  ['kms:EncryptionContext', 'a Deny of one stage', { keyPolicy: [NAMES_R, keyDenies(aws(R), 'kms:*', { StringEquals: pair('Stage', 'Restricted') })] },
    asks('Decrypt', pair('stage', 'Restricted')), 'denied', 'K-cond'],
  ['kms:EncryptionContext', 'the value in another case, by an operator that ignores it', may('Decrypt', { StringEqualsIgnoreCase: APP }),
    asks('Decrypt', pair('appname', 'exampleapp')), 'allowed', 'K-cond'],
  ['kms:EncryptionContext', 'the name of the user', { keyPolicy: [OWN_DATA] }, { principal: U, ...asks('Decrypt', pair('user', 'U')) }, 'allowed', 'K-cond'],
  ['kms:EncryptionContext', 'the name of another user', { keyPolicy: [OWN_DATA] }, { principal: U, ...asks('Decrypt', pair('user', 'V')) }, 'denied', 'K-cond'],
  ['kms:EncryptionContext', 'a role has no user name', may('Decrypt', { StringEquals: { 'kms:EncryptionContext:user': '${aws:username}' } }), asks('Decrypt', pair('user', 'R')), 'denied', 'K-cond'],
  ['kms:EncryptionContextKeys', 'any context is required', may('Encrypt', { Null: { 'kms:EncryptionContextKeys': false } }), asks('Encrypt', pair('x', 'y')), 'allowed', 'K-cond'],
  ['kms:EncryptionContextKeys', 'any context is required, and none is there', may('Encrypt', { Null: { 'kms:EncryptionContextKeys': false } }), asks('Encrypt'), 'denied', 'K-cond'],
  ['kms:EncryptionContextKeys', 'one of the keys', may('Encrypt', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'AppName' } }),
    asks('Encrypt', { ...pair('AppName', 'Helper'), ...pair('Project', 'Alpha') }), 'allowed', 'K-cond'],
  ['kms:EncryptionContextKeys', 'another key', may('Encrypt', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'AppName' } }), asks('Encrypt', pair('Project', 'Alpha')), 'denied', 'K-cond'],
  ['kms:EncryptionAlgorithm', 'is there where the request names none', { keyPolicy: [DELEGATED], r: [DECRYPT, SYMMETRIC_ONLY] }, asks('Decrypt'), 'allowed', 'K-cond'],
  ['kms:EncryptionAlgorithm', 'of data keys is always the same', { keyPolicy: [DELEGATED], r: [EVERYTHING, SYMMETRIC_ONLY] }, asks('GenerateDataKeyWithoutPlaintext'), 'allowed', 'K-cond'],
  ['kms:EncryptionAlgorithm', 'of an asymmetric key is what the request names', { ...rsa(DELEGATED), r: [DECRYPT, SYMMETRIC_ONLY] },
    asks('Decrypt', { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' }), 'denied', 'K-cond'],
  ['kms:ExpirationModel', 'never expires', may('ImportKeyMaterial', FOREVER), asks('ImportKeyMaterial', { 'kms:ExpirationModel': 'KEY_MATERIAL_DOES_NOT_EXPIRE' }), 'allowed', 'K-cond'],
  ['kms:ExpirationModel', 'its default is no value', may('ImportKeyMaterial', { Null: { 'kms:ExpirationModel': true } }), asks('ImportKeyMaterial'), 'allowed', 'K-cond'],
  ['kms:ValidTo', 'before the end of 2018', may('ImportKeyMaterial', { NumericLessThanEquals: { 'kms:ValidTo': '1546257599.0' } }),
    asks('ImportKeyMaterial', { 'kms:ValidTo': '1546257598' }), 'allowed', 'K-cond'],
  ['kms:ValidTo', 'after the end of 2018', may('ImportKeyMaterial', { NumericLessThanEquals: { 'kms:ValidTo': '1546257599.0' } }),
    asks('ImportKeyMaterial', { 'kms:ValidTo': 1546257600 }), 'denied', 'K-cond'],
  ['kms:WrappingAlgorithm', 'another than the forbidden one', may('GetParametersForImport', { StringNotEquals: { 'kms:WrappingAlgorithm': 'RSAES_OAEP_SHA_1' } }),
    asks('GetParametersForImport', { 'kms:WrappingAlgorithm': 'RSAES_OAEP_SHA_256' }), 'allowed', 'K-cond'],
  ['kms:GrantIsForAWSResource', 'for a service', may('CreateGrant', SERVICE_GRANTS), asks('CreateGrant', { 'kms:GrantIsForAWSResource': 'true' }), 'allowed', 'K-cond'],
  ['kms:GrantIsForAWSResource', 'directly', may('CreateGrant', SERVICE_GRANTS), asks('CreateGrant', { 'kms:GrantIsForAWSResource': 'false' }), 'denied', 'K-cond'],
  ['kms:GrantIsForAWSResource', 'grants that services made are revoked by them', may('RevokeGrant', SERVICE_GRANTS), asks('RevokeGrant'), 'denied', 'K-cond'],
  ['kms:GranteePrincipal', 'another grantee', may('CreateGrant', { StringEquals: { 'kms:GranteePrincipal': R } }), asks('CreateGrant', { 'kms:GranteePrincipal': U }), 'denied', 'K-cond'],
  ['kms:GrantConstraintType', 'no constraint', may('CreateGrant', { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextEquals' } }), asks('CreateGrant'), 'denied', 'K-cond'],
  ['kms:GrantOperations', 'any of them, with others', may('CreateGrant', { 'ForAnyValue:StringEquals': { 'kms:GrantOperations': ['Encrypt', 'ReEncryptTo'] } }),
    asks('CreateGrant', { 'kms:GrantOperations': ['Encrypt', 'Decrypt'] }), 'allowed', 'K-cond'],
  ['kms:ReEncryptOnSameKey', 'from and to the same key', may('ReEncrypt*', { Bool: { 'kms:ReEncryptOnSameKey': true } }), asks('ReEncryptTo', { 'kms:ReEncryptOnSameKey': 'true' }), 'allowed', 'K-cond'],
  ['kms:ReEncryptOnSameKey', 'to another key', may('ReEncrypt*', { Bool: { 'kms:ReEncryptOnSameKey': true } }), asks('ReEncryptTo', { 'kms:ReEncryptOnSameKey': 'false' }), 'denied', 'K-cond'],
  ['kms:KeySpec', 'by its older name', { keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', '*', { StringEquals: { 'kms:CustomerMasterKeySpec': 'SYMMETRIC_DEFAULT' } })] }, {}, 'allowed', 'K-cond'],
  ['kms:KeyUsage', 'by its older name, another', { keyPolicy: [DELEGATED], r: [allows('kms:*', '*', { StringEquals: { 'kms:CustomerMasterKeyUsage': 'SIGN_VERIFY' } })] }, {}, 'denied', 'K-cond'],
  ['kms:KeyOrigin', 'another', { keyPolicy: [DELEGATED], r: [allows('kms:*', '*', { StringEquals: { 'kms:KeyOrigin': 'AWS_CLOUDHSM' } })] }, {}, 'denied', 'K-cond'],
  ['kms:KeySpec', 'of a new key, as the request says', { r: [allows('kms:CreateKey', '*', { StringEquals: { 'kms:KeySpec': 'RSA_4096' } })] },
    asks('CreateKey', { 'kms:KeySpec': 'RSA_4096' }), 'allowed', 'K-cond'],
  ['kms:KeySpec', 'of a new key is not that of the key beside', { r: [allows('kms:CreateKey', '*', { StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } })] }, asks('CreateKey'), 'denied', 'K-cond'],
  ['kms:RequestAlias', 'no alias operation carries it', { keyPolicy: [DELEGATED], r: [allows('kms:DeleteAlias', '*', { StringEquals: { 'kms:RequestAlias': 'alias/a' } })] },
    asks('DeleteAlias', { 'kms:RequestAlias': 'alias/a' }), 'denied', 'K-cond'],
  ['kms:TrailingDaysWithoutKeyUsage', 'a key in use is not deleted', { keyPolicy: [keyAllows(aws(R), 'kms:ScheduleKeyDeletion'), LONG_UNUSED] },
    asks('ScheduleKeyDeletion', { 'kms:TrailingDaysWithoutKeyUsage': '2' }), 'denied', 'K-cond'],
  ['kms:TrailingDaysWithoutKeyUsage', 'a key that nobody uses is deleted', { keyPolicy: [keyAllows(aws(R), 'kms:ScheduleKeyDeletion'), LONG_UNUSED] },
    asks('ScheduleKeyDeletion', { 'kms:TrailingDaysWithoutKeyUsage': '400' }), 'allowed', 'K-cond'],
  ['kms:MessageType', 'a message, no digest', may('Sign', { StringEquals: { 'kms:MessageType': 'RAW' } }), asks('Sign', { 'kms:MessageType': 'DIGEST' }), 'denied', 'K-cond'],
  ['kms:SigningAlgorithm', 'by a pattern', may('Sign', { StringLike: { 'kms:SigningAlgorithm': 'RSASSA_PSS*' } }), asks('Sign', { 'kms:SigningAlgorithm': 'RSASSA_PSS_SHA_512' }), 'allowed', 'K-cond'],
  ['kms:DataKeyPairSpec', 'by a pattern', may('GenerateDataKeyPair', { StringLike: { 'kms:DataKeyPairSpec': 'RSA*' } }), asks('GenerateDataKeyPair', { 'kms:DataKeyPairSpec': 'ECC_NIST_P256' }), 'denied', 'K-cond'],
  ['aws:SourceArn', 'a service says for which resource', { keyPolicy: [keyAllows(service(SNS), 'kms:Decrypt', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${A}:*` } })] },
    { principal: SNS, ...asks('Decrypt', { 'aws:SourceArn': `arn:aws:sns:${REGION}:${A}:t` }) }, 'allowed', 'K-lp'],
  ['aws:SourceAccount', 'IfExists lets in who says nothing', { keyPolicy: [keyAllows(service(SNS), 'kms:Decrypt', { StringEqualsIfExists: { 'aws:SourceAccount': A } })] },
    { principal: SNS, ...asks('Decrypt') }, 'allowed', 'K-lp'],
  ['aws:PrincipalIsAWSService', 'a Deny of everybody but services', { keyPolicy: [keyAllows(service(SNS), 'kms:Decrypt'), keyDenies('*', 'kms:*', { Bool: { 'aws:PrincipalIsAWSService': 'false' } })] },
    { principal: SNS }, 'allowed', 'IAM-g'],
  ['aws:PrincipalIsAWSService', 'the same for a service-linked role', {
    keyPolicy: [keyAllows(aws(AUTO_SCALING), 'kms:Decrypt'), keyDenies('*', 'kms:*', { Bool: { 'aws:PrincipalIsAWSService': 'false' } })],
  }, { principal: AUTO_SCALING }, 'denied', 'IAM-g'],
  ['aws:ViaAWSService', 'a Deny outside a network spares what a service forwards', {
    keyPolicy: [NAMES_R, keyDenies('*', 'kms:*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Bool: { 'aws:ViaAWSService': 'false' } })],
  }, asks('Decrypt', { 'kms:ViaService': via('s3'), 'aws:SourceIp': '192.0.2.1' }), 'allowed', 'IAM-g'],
  ['aws:SourceVpce', 'a Deny outside an endpoint breaks what a service forwards', { keyPolicy: [NAMES_R, keyDenies('*', 'kms:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })] },
    asks('Decrypt', { 'kms:ViaService': via('s3') }), 'denied', 'K-conda'],
  ['aws:PrincipalOrgID', 'a service is of no organization, which a Deny hits', {
    keyPolicy: [keyAllows(service(SNS), 'kms:Decrypt'), keyDenies('*', 'kms:*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
  }, { principal: SNS, complete: true }, 'denied', 'IAM-g'],
  ['aws:PrincipalAccount', 'of another account', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'aws:PrincipalAccount': A } })], rb: [DECRYPT] }, { principal: RB }, 'denied', 'IAM-g'],
  ['aws:PrincipalArn', 'the root user alone', { keyPolicy: [keyAllows(aws(ROOT), 'kms:*', { ArnEquals: { 'aws:PrincipalArn': ROOT } })], r: [EVERYTHING] }, {}, 'denied', 'IAM-cond-keys'],
  ['aws:PrincipalArn', 'the root user itself', { keyPolicy: [keyAllows(aws(ROOT), 'kms:*', { ArnEquals: { 'aws:PrincipalArn': ROOT } })] }, { principal: ROOT }, 'allowed', 'IAM-cond-keys'],
  ['aws:PrincipalType', 'users only', { keyPolicy: [keyAllows(aws(ROOT_B, U), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalType': 'User' } })] }, { principal: U }, 'allowed', 'IAM'],
  ['aws:ResourceAccount', 'of the key', { keyPolicy: [DELEGATED], r: [allows('kms:*', '*', { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })] }, {}, 'allowed', 'IAM-g'],
  ['never carried', 'IfExists matches', may('DescribeKey', { StringEqualsIfExists: APP }), asks('DescribeKey'), 'allowed', 'AUTH, IAM-cond'],
  ['never carried', 'a negated operator matches', { keyPolicy: [keyAllows(aws(R), 'kms:*'), keyDenies('*', 'kms:*', { StringNotEquals: APP })] }, asks('DescribeKey', APP), 'denied', 'AUTH, IAM-cond'],
  ['never carried', 'Null says that it is absent', may('Sign', { Null: { 'kms:EncryptionContextKeys': 'true' } }), asks('Sign', APP), 'allowed', 'AUTH, IAM-cond'],
  ['never carried', 'ForAllValues matches', may('DescribeKey', { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }), asks('DescribeKey'), 'allowed', 'AUTH, IAM-multi'],
  ['never carried', 'a key of another service', may('Decrypt', { StringEquals: { 's3:prefix': 'x' } }), asks('Decrypt', { 's3:prefix': 'x' }), 'denied', 'AUTH'],
  ['never carried', 'of an OpenID Connect provider, which credentials carry', may('Decrypt', { StringEquals: { 'kms:EncryptionContext:sub': '${cognito-identity.amazonaws.com:sub}' } }),
    asks('Decrypt', { ...pair('sub', 'me'), 'cognito-identity.amazonaws.com:sub': 'me' }), 'allowed', 'K-cond'],
  ['Resource', 'an ARN of two fields', { keyPolicy: [DELEGATED], r: [allows('kms:*', 'arn:aws:kms')] }, {}, 'allowed', 'IAM identifiers'],
  ['Resource', 'an ARN that ends with its Region', { keyPolicy: [DELEGATED], r: [allows('kms:*', `arn:aws:kms:${REGION}`)] }, {}, 'allowed', 'IAM identifiers'],
  ['Resource', 'an ARN that ends with another Region', { keyPolicy: [DELEGATED], r: [allows('kms:*', 'arn:aws:kms:us-east-1')] }, {}, 'denied', 'IAM identifiers'],
  ['Resource', 'a short ARN of another service', { keyPolicy: [DELEGATED], r: [allows('kms:*', 'arn:aws:s3')] }, {}, 'denied', 'IAM identifiers'],
  ['Resource', 'a short ARN in a Deny', { keyPolicy: [NAMES_R], r: [denies('kms:*', 'arn:aws:kms')] }, {}, 'denied', 'IAM identifiers'],
  ['Resource', 'a variable in the id, filled in', { keyPolicy: [DELEGATED], r: [allows('kms:*', `arn:aws:kms:*:${A}:\${aws:PrincipalTag/none, 'key'}/*`)] }, asks('Decrypt'), 'allowed', 'IAM variables'],
  ['Resource', 'a variable without a value', { keyPolicy: [DELEGATED], r: [allows('kms:*', [`arn:aws:kms:*:${A}:key/\${aws:PrincipalTag/none}*`])] }, asks('Decrypt'), 'denied', 'IAM variables'],
  ['NotResource', 'a variable without a value excepts nothing', {
    keyPolicy: [NAMES_R], r: [{ Effect: 'Deny', Action: 'kms:*', NotResource: `arn:aws:kms:*:${A}:key/\${aws:PrincipalTag/none}*` }],
  }, asks('Decrypt'), 'denied', 'IAM variables'],
  ['Resource', 'the key and others', { keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', ['arn:aws:s3:::b', K])] }, {}, 'allowed', 'K-iam'],
];
