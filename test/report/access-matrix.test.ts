import { AccessModel } from '../../src/access/access-model';
import { KMS_ACTIONS } from '../../src/access/policy/kms-actions';
import { UNKNOWN_DEPLOYMENT } from '../../src/access/template/deployment-unknowns';
import { readTemplate } from '../../src/access/template/template';
import { accessMatrix, KeyMatrix } from '../../src/report/access-matrix';
import { matrixTable } from '../../src/report/matrix-table';
import { aws, DECRYPT, DELEGATED, keyAllows, NAMES_R, service } from '../access/golden/statements';
import { A, AUTO_SCALING, B, K, Q, R, RB, ROOT, ROOT_B, World, worldModel } from '../support/access-world';

function matrixOf(world: World): KeyMatrix {
  return accessMatrix(worldModel(world)).keys.find(({ key }) => key.logicalId === 'K')!;
}

/** Of each row, what there is beside nothing. */
function rowsOf(world: World): Record<string, string[]> {
  return Object.fromEntries(matrixOf(world).rows.map(({ who, cells }) => [who, cells.filter(({ answers }) => answers.length > 0)
    .map(({ verb, answers }) => `${verb}: ${answers.map(({ actions, verdict }) => `${actions.join(', ')} ${verdict}`).join('; ')}`)]));
}

const OTHERS = `others in ${A} by IAM outside these templates`;
const OTHERS_B = `others in ${B} by IAM outside these templates`;
const DECRYPTS = ['decrypt: Decrypt allowed'];
const PERHAPS = ['decrypt: Decrypt unknown'];

describe('the rows of a key are', () => {
  test.each<[what: string, world: World, rows: Record<string, string[]>]>([
    ['always others in its account, who may have nothing', {}, { [OTHERS]: [] }],
    ['roles and users of the templates by the name by which they are found', {
      keyPolicy: [keyAllows(aws(ROOT), 'kms:Decrypt')], r: [DECRYPT], u: [DECRYPT],
    }, { [`root user of ${A}`]: DECRYPTS, [OTHERS]: DECRYPTS, 'People/R': DECRYPTS, 'People/U': DECRYPTS }],
    ['services that the key policy names', { keyPolicy: [keyAllows(service('sns.amazonaws.com'), 'kms:Decrypt')] }, { [OTHERS]: [], 'sns.amazonaws.com': DECRYPTS }],
    ['services whose names are known at deployment only', {
      keyPolicy: [keyAllows({ Service: { 'Fn::Sub': 'logs.${AWS::Region}.${AWS::URLSuffix}' } }, 'kms:Decrypt')], deployment: UNKNOWN_DEPLOYMENT,
    }, { 'others in <AWS::AccountId> by IAM outside these templates': [], 'logs.<AWS::Region>.<AWS::URLSuffix>': DECRYPTS }],
    ['roles that the key policy names, and no template makes', { keyPolicy: [keyAllows(aws(`arn:aws:iam::${A}:role/Elsewhere`), 'kms:Decrypt')] },
      { [OTHERS]: [], [`arn:aws:iam::${A}:role/Elsewhere`]: PERHAPS }],
    ['a role of another account, which its templates make', { keyPolicy: [keyAllows(aws(RB), 'kms:Decrypt')], rb: [DECRYPT] }, { [OTHERS]: [], 'Partner/RB': DECRYPTS }],
    ['another account as a whole', { keyPolicy: [keyAllows(aws(ROOT_B), 'kms:Decrypt')] }, { [`root user of ${B}`]: DECRYPTS, [OTHERS]: [], [OTHERS_B]: DECRYPTS }],
    ['every account, where everybody is named', { keyPolicy: [keyAllows(aws('*'), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })] }, {
      'others in any other account by its IAM': ['decrypt: Decrypt conditional'],
      [OTHERS]: ['decrypt: Decrypt conditional'],
      'People/Q': ['decrypt: Decrypt conditional'],
      'People/R': ['decrypt: Decrypt conditional'],
      'People/U': ['decrypt: Decrypt conditional'],
    }],
    ['accounts that everybody must be of', { keyPolicy: [keyAllows(aws('*'), 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': B } })] },
      { [OTHERS]: [], [OTHERS_B]: DECRYPTS }],
    ['service-linked roles that aws:PrincipalArn asks for', { keyPolicy: [keyAllows(aws('*'), 'kms:Decrypt', { ArnEquals: { 'aws:PrincipalArn': AUTO_SCALING } })] },
      { [OTHERS]: [], [AUTO_SCALING]: DECRYPTS }],
    ['whoever aws:PrincipalArn is like', {
      keyPolicy: [keyAllows(aws(ROOT), 'kms:Decrypt', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/team-?/App*' } })],
    }, { [OTHERS]: [], 'others like arn:aws:iam::*:role/team-?/App* by IAM outside these templates': DECRYPTS }],
    ['sessions that are named', { keyPolicy: [keyAllows(aws(`arn:aws:sts::${A}:assumed-role/R/me`), 'kms:Decrypt')] },
      { [OTHERS]: [], [`arn:aws:sts::${A}:assumed-role/R/me`]: DECRYPTS, 'People/R': PERHAPS }],
    ['those who can do nothing yet, and could give themselves use', { keyPolicy: [NAMES_R], q: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }] },
      { [OTHERS]: [], 'People/Q': [], 'People/R': DECRYPTS }],
  ])('%s', (_, world, rows) => {
    expect(rowsOf(world)).toEqual(rows);
  });
});

test('who can do nothing is named apart', () => {
  expect(matrixOf({ keyPolicy: [NAMES_R, keyAllows(service('sns.amazonaws.com'), 'kms:Decrypt', { Null: { 'kms:ViaService': 'false' } })] })).toMatchObject({
    canDoNothing: ['Partner/RB', 'People/Q', 'People/U', 'sns.amazonaws.com'],
  });
});

test('names that are known at deployment only are told', () => {
  expect(matrixOf({ keyPolicy: [keyAllows(aws({ 'Fn::ImportValue': 'Somebody' }), 'kms:Decrypt')] })).toMatchObject({ unresolved: ['<Keys/Fn::ImportValue Somebody>'] });
});

test('who could give itself use, and how', () => {
  const { rows } = matrixOf({ keyPolicy: [keyAllows(aws(Q), ['kms:PutKeyPolicy', 'kms:CreateGrant'], { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })] });
  expect(rows.find(({ who }) => who === 'People/Q')!.couldGiveItselfUse).toEqual(['kms:PutKeyPolicy', 'kms:CreateGrant'].map((action) => expect.objectContaining({
    action, verdict: 'conditional', conditions: [[{ operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] }]],
  })));
});

describe('the verbs', () => {
  const verbsOf = (key: object) => matrixOf({ key }).verbs;
  const NEVER = ['RetireGrant', 'SynchronizeMultiRegionKey'];
  const WITHOUT_KEY = KMS_ACTIONS.filter((action) => /CustomKeyStore|^CreateKey$|GenerateRandom|ListAliases|ListKeys|ListRetirableGrants/.test(action));

  test('of all keys are all actions on keys, each once', () => {
    const kinds = [{ MultiRegion: true }, { Origin: 'EXTERNAL' }, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
      { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }];
    const actions = kinds.map((kind) => verbsOf(kind).flatMap((verb) => verb.actions));
    actions.forEach((some) => expect(new Set(some).size).toBe(some.length));
    expect([...new Set(actions.flat())].sort()).toEqual(KMS_ACTIONS.filter((action) => ![...NEVER, ...WITHOUT_KEY].includes(action)).sort());
  });

  test.each<[what: string, key: object, verbs: string[]]>([
    ['encrypts', {}, ['look', 'encrypt', 'decrypt', 'grant', 'administer', 'change policy', 'delete']],
    ['signs', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, ['look', 'sign', 'verify', 'grant', 'administer', 'change policy', 'delete']],
    ['makes MACs', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
      ['look', 'generate MAC', 'verify MAC', 'grant', 'administer', 'change policy', 'delete']],
  ])('of a key that %s are those of its usage', (_, key, names) => {
    expect(verbsOf(key).map(({ name }) => name)).toEqual(names);
  });

  test('of a replica are those of its primary', () => {
    const model = worldModel({
      key: { MultiRegion: true, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
      resources: { Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: { 'Fn::GetAtt': ['K', 'Arn'] }, KeyPolicy: {} } } },
    });
    expect(accessMatrix(model).keys.find(({ key }) => key.logicalId === 'Replica')!.verbs.map(({ name }) => name)).toContain('generate MAC');
  });
});

test('the table has notes for what is under conditions, and says what it has not seen', () => {
  const model = worldModel({
    keyPolicy: [
      keyAllows(aws(ROOT), ['kms:Decrypt', 'kms:DescribeKey'], { StringEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com', 'sqs.eu-west-1.amazonaws.com'] } }),
      keyAllows(aws(R), 'kms:CreateGrant', { StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } }),
    ],
    r: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: K, Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } }],
    managed: ['arn:aws:iam::aws:policy/SomethingNew'],
    resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com' } } },
  });
  const { keys, ...rest } = accessMatrix(model);
  expect(matrixTable({ keys: keys.filter(({ key }) => key.logicalId === 'K'), ...rest })).toBe(`Keys/K

WHO                                                    LOOK    ENCRYPT  DECRYPT  GRANT   ADMINISTER  CHANGE POLICY  DELETE  COULD GIVE ITSELF USE
root user of 111122223333                              if [1]  -        if [2]   -       -           -              -       -
others in 111122223333 by IAM outside these templates  if [1]  -        if [2]   -       -           -              -       -
People/R                                               ? [3]   -        if [4]   if [5]  -           -              -       CreateGrant if [6], iam:*? [7]

3 can do nothing: Partner/RB, People/Q, People/U

Grants that services make, and use with no further permission, for resources under the key, and by whose calls:
  Amazon EBS (ec2.eu-west-1.amazonaws.com: Decrypt), Amazon EBS copies (ec2.eu-west-1.amazonaws.com): by People/R

[1] DescribeKey if kms:ViaService StringEquals s3.eu-west-1.amazonaws.com or sqs.eu-west-1.amazonaws.com
[2] Decrypt if kms:ViaService StringEquals s3.eu-west-1.amazonaws.com or sqs.eu-west-1.amazonaws.com
[3] DescribeKey: not known: whether it is allowed by the managed policy arn:aws:iam::aws:policy/SomethingNew, whose text is not known here
[4] Decrypt if kms:ViaService StringEquals s3.eu-west-1.amazonaws.com
      or if kms:ViaService StringEquals s3.eu-west-1.amazonaws.com or sqs.eu-west-1.amazonaws.com (not known: whether it is allowed by the managed policy arn:aws:iam::aws:policy/SomethingNew, whose text is not known here)
[5] CreateGrant if kms:ViaService StringEquals ec2.eu-west-1.amazonaws.com
[6] kms:CreateGrant: grants the key to itself if kms:ViaService StringEquals ec2.eu-west-1.amazonaws.com
[7] iam:*: does to roles and policies what is allowed by the managed policy arn:aws:iam::aws:policy/SomethingNew, whose text is not known here (not known)

yes: all actions of the verb; some: those of the note; if: under conditions; ?: not known; -: denied
look: DescribeKey, GetKeyLastUsage, GetKeyPolicy, GetKeyRotationStatus, ListGrants, ListKeyPolicies, ListKeyRotations, ListResourceTags
encrypt: Encrypt, GenerateDataKey, GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext, GenerateDataKeyWithoutPlaintext, ReEncryptTo
decrypt: Decrypt, ReEncryptFrom
grant: CreateGrant
administer: CancelKeyDeletion, CreateAlias, DeleteAlias, DisableKey, DisableKeyRotation, EnableKey, EnableKeyRotation, RevokeGrant, RotateKeyOnDemand, TagResource, UntagResource, UpdateAlias, UpdateKeyDescription
change policy: PutKeyPolicy
delete: ScheduleKeyDeletion
others: what an account can do whose IAM allows everything, in these templates or outside, now or later

not seen: what is made at deployment in Keys (Nested)
not seen: service control policies, resource control policies, policies of VPC endpoints, session policies; what is allowed here can still be denied there`);
});

test('the table of templates without keys says so', () => {
  expect(matrixTable(accessMatrix(new AccessModel([readTemplate('Empty', UNKNOWN_DEPLOYMENT, {})])))).toBe('The templates make no key.');
});

test('the order of templates, statements and resources changes nothing', () => {
  const templates = (turn: <T>(list: T[]) => T[]) => {
    const statements = turn([DELEGATED, NAMES_R, keyAllows(service('sns.amazonaws.com'), 'kms:Decrypt')]);
    const resources = turn([
      ['K', { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Version: '2012-10-17', Statement: statements } } }],
      ['K2', { Type: 'AWS::KMS::Key' }],
      ['R', { Type: 'AWS::IAM::Role', Properties: { RoleName: 'R', Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: [DECRYPT] } }] } }],
    ] as [string, object][]);
    return turn(['One', 'Two']).map((name) => readTemplate(name, { account: A, region: 'eu-west-1', partition: 'aws' },
      { Resources: name === 'One' ? Object.fromEntries(resources) : { U: { Type: 'AWS::IAM::User' } } }));
  };
  const table = (turn: <T>(list: T[]) => T[]) => matrixTable(accessMatrix(new AccessModel(templates(turn))));
  expect(table((list) => [...list].reverse())).toBe(table((list) => list));
});
