import { DELEGATED, DENY_DIRECT_GRANTS, EVERYTHING, GRANTS_VIA_EC2, keyAllows, NAMES_R, VIA_EC2, VIA_S3 } from './golden/statements';
import { escalations } from '../../src/access/escalation';
import { othersInAccount } from '../../src/access/others-in-account';
import { serviceGrants } from '../../src/access/service-grants';
import { unknownText } from '../../src/access/text/text';
import { A, Q, R, World, worldModel } from '../support/access-world';

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

test('a service makes grants for whoever may have it make them', () => {
  const model = worldModel({ keyPolicy: [VIA_EC2, GRANTS_VIA_EC2, DENY_DIRECT_GRANTS], r: [EVERYTHING] });
  expect(serviceGrants(model, model.key('K')).map(({ service, makers, others }) => ({ service, makers: makers.map(({ identity }) => identity.arn), others }))).toEqual([
    { service: 'Amazon EBS', makers: [R], others: 'allowed' },
  ]);
});

test('a service makes grants in a Region that is known at deployment only', () => {
  const region = unknownText('AWS::Region');
  const via = { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'ec2.${AWS::Region}.amazonaws.com' } }, Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const model = worldModel({ deployment: { region }, keyPolicy: [keyAllows({ AWS: A }, 'kms:CreateGrant', via)] });
  expect(serviceGrants(model, model.key('K'))).toEqual([
    { service: 'Amazon EBS', viaService: `ec2.${region}.amazonaws.com`, makers: [], others: 'allowed', resources: [], operations: ['Decrypt'] },
  ]);
});

describe('who may not use a key can give itself the use of it', () => {
  test.each<[string, World, string, string[]]>([
    ['with the key policy', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:PutKeyPolicy')] }, Q, ['kms:PutKeyPolicy']],
    ['with a grant', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:Create*')] }, Q, ['kms:CreateGrant']],
    ['but not where direct grants are denied', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:Create*'), DENY_DIRECT_GRANTS] }, Q, []],
    ['with a replica', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:ReplicateKey')], key: { MultiRegion: true } }, Q, ['kms:ReplicateKey']],
    ['but not with a replica of a key of one Region', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:ReplicateKey')] }, Q, []],
    ['with key material', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:Import*')], key: { Origin: 'EXTERNAL' } }, Q, ['kms:ImportKeyMaterial']],
  ])('%s', (_, world, principal, actions) => {
    const model = worldModel(world.key ? { ...world, key: { KeyPolicy: { Statement: world.keyPolicy }, ...world.key } } : world);
    expect(escalations(model, model.asker(principal), model.key('K')).map(({ action }) => action)).toEqual(actions);
  });
});

test('the account root is named by its id', () => {
  expect(worldModel({ keyPolicy: [DELEGATED] }).decide({ principal: A, key: 'Keys/K', action: 'Decrypt' })).toMatchObject({
    verdict: 'allowed', because: [{ stack: 'Keys', logicalId: 'K', index: 0 }],
  });
});
