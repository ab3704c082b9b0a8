import { aws, DELEGATED, DENY_DIRECT_GRANTS, EVERYTHING, GRANTS_VIA_EC2, keyAllows, NAMES_R, VIA_EC2, VIA_S3 } from './golden/statements';
import { othersInAccount } from '../../src/access/others-in-account';
import { othersInAccounts } from '../../src/access/others-in-accounts';
import { serviceGrants } from '../../src/access/service-grants';
import { unknownText } from '../../src/access/text/text';
import { A, B, R, RB, ROOT_B, Statement, World, worldModel } from '../support/access-world';

describe('others in the account, by IAM outside these templates', () => {
  test.each<[string, World, object]>([
    ['are let in by a key policy that delegates', { keyPolicy: [DELEGATED] }, { verdict: 'allowed' }],
    ['are let in through a service by a key policy that delegates so', { keyPolicy: [VIA_S3] }, {
      verdict: 'conditional', conditions: [[{ operator: 'StringEquals', key: 'kms:ViaService', values: ['s3.eu-west-1.amazonaws.com'] }]],
    }],
    ['are kept out by a key policy that names roles only', { keyPolicy: [NAMES_R] }, { verdict: 'denied' }],
  ])('%s', (_, world, expected) => {
    const model = worldModel(world);
    expect(othersInAccount(model, model.key('K'), 'kms:Decrypt')).toMatchObject(expected);
  });
});

describe('principals of other accounts, by IAM there', () => {
  const accounts = (...keyPolicy: Statement[]) => {
    const model = worldModel({ keyPolicy });
    return othersInAccounts(model, model.key('K'), 'kms:Decrypt').map(({ account, decision: { verdict } }) => [account, verdict]);
  };

  test.each<[string, Statement[], [string | undefined, string][]]>([
    ['are kept out by a key policy that names none', [DELEGATED], [[A, 'allowed']]],
    ['are let in by a key policy that names the root of their account', [keyAllows(aws(ROOT_B), 'kms:Decrypt')], [[A, 'denied'], [B, 'allowed']]],
    ['are let in by a key policy that names the id of their account', [keyAllows(aws(B), 'kms:*')], [[A, 'denied'], [B, 'allowed']]],
    ['are let in through a service', [keyAllows(aws(ROOT_B), 'kms:Decrypt', { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } })], [[A, 'denied'], [B, 'conditional']]],
    ['are kept out where another action is allowed', [keyAllows(aws(ROOT_B), 'kms:Encrypt')], [[A, 'denied']]],
    ['are kept out where only a role of them is named', [keyAllows(aws(RB), 'kms:Decrypt')], [[A, 'denied']]],
    ['are let in as everybody is', [keyAllows('*', 'kms:Decrypt')], [[A, 'allowed'], [undefined, 'allowed']]],
    ['are let in as everybody of some accounts is', [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': [A, B] } })], [[A, 'allowed'], [B, 'allowed']]],
    ['are let in as everybody of an organization is', [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
      [[A, 'conditional'], [undefined, 'conditional']]],
  ])('%s', (_, keyPolicy, expected) => {
    expect(accounts(...keyPolicy)).toEqual(expected);
  });
});

test('a service makes grants for whoever may have it make them', () => {
  const model = worldModel({ keyPolicy: [VIA_EC2, GRANTS_VIA_EC2, DENY_DIRECT_GRANTS], r: [EVERYTHING] });
  expect(serviceGrants(model, model.key('K')).map(({ service, makers, others }) => ({ service, makers: makers.map(({ identity }) => identity.arn), others }))).toEqual([
    { service: 'Amazon EBS', makers: [R], others: 'allowed' },
    { service: 'Amazon EBS copies', makers: [R], others: 'allowed' },
  ]);
});

test('a service makes grants in a Region that is known at deployment only', () => {
  const region = unknownText('AWS::Region');
  const via = { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'ec2.${AWS::Region}.amazonaws.com' } }, Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const model = worldModel({ deployment: { region }, keyPolicy: [keyAllows({ AWS: A }, 'kms:CreateGrant', via)] });
  expect(serviceGrants(model, model.key('K'))).toEqual([
    { service: 'Amazon EBS', viaService: `ec2.${region}.amazonaws.com`, makers: [], others: 'allowed', resources: [], operations: ['Decrypt'] },
    { service: 'Amazon EBS copies', viaService: `ec2.${region}.amazonaws.com`, makers: [], others: 'allowed', resources: [] },
  ]);
});

test('the account root is named by its id', () => {
  expect(worldModel({ keyPolicy: [DELEGATED] }).decide({ principal: A, key: 'Keys/K', action: 'Decrypt' })).toMatchObject({
    verdict: 'allowed', because: [{ stack: 'Keys', logicalId: 'K', index: 0 }],
  });
});
