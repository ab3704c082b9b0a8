import { SERVICE_WORLDS } from './golden/service-worlds';
import { KmsService } from '../../src/service/kms-service';
import { A, REGION } from '../support/access-world';
import { Part, ServiceRow } from '../support/service-world';

/** The rows of policy-model §1.3, in its order. */
const SERVICES_OF_THE_MODEL = [
  'EBS create', 'EBS attach, RunInstances, StartInstances', 'EBS snapshot', 'EBS/AMI copy', 'Auto Scaling', 'EC2 Fleet / Spot Fleet / Spot',
  'S3 put/get/multipart', 'S3 replication', 'S3 inventory', 'S3 → SNS/SQS', 'S3 server access logs, Redshift audit logs', 'CloudFront OAC', 'RDS / Aurora storage',
  'Performance Insights', 'RDS/Aurora managed master secret', 'Redshift', 'Redshift Serverless', 'SSM standard / advanced', 'Secrets Manager', 'Secret replicas',
  'DLM', 'AWS Backup vault', 'CloudTrail', 'CloudWatch Logs', 'SNS', 'SQS', 'CloudWatch alarm → SNS', 'EventBridge bus', 'EventBridge rule → SNS', 'DynamoDB',
  'EFS', 'Lambda env', 'Step Functions', 'Kinesis', 'Firehose', 'ECR', 'CodePipeline artifacts', 'ElastiCache', 'OpenSearch',
];
const DENIALS = 3;

const fill = (text: string) => text.replace('{region}', REGION).replace('{urlSuffix}', 'amazonaws.com');
const rowsOf = (id: string) => SERVICE_WORLDS.filter(({ services }) => services.includes(id)).flatMap(({ rows }) => rows);
const isBy = (name: string) => ([, principal]: ServiceRow) => principal === name || principal.startsWith(`arn:aws:iam::${A}:role/aws-service-role/${name}`);
const has = (rows: readonly ServiceRow[], as: Part, verdict: string, is: (row: ServiceRow) => boolean = () => true) =>
  rows.some((row) => row[0] === as && row[4] === verdict && is(row));

/** What the golden decisions of a service lack, of all who take part in what it does. */
function lacking({ id, facts }: KmsService): string[] {
  const rows = rowsOf(id);
  const { useActions = [], deployActions = [], servicePrincipals = [], senders = [], serviceLinkedRoles = [], viaServices = [] } = facts;
  const roles = serviceLinkedRoles.map(({ servicePrincipal, roleName }) => `${servicePrincipal}/${roleName}`);
  const principals = [...servicePrincipals, ...senders].map(({ servicePrincipal }) => fill(servicePrincipal));
  const asksFor = (action: string) => (row: ServiceRow) => `kms:${row[2]}` === action;
  const isDirect = ([, , , request]: ServiceRow) => request['kms:ViaService'] === undefined;
  const checks: [string, boolean][] = [
    ['a consumer', useActions.length === 0 || has(rows, 'consumer', 'allowed')],
    ['a deployer', deployActions.length === 0 || has(rows, 'deployer', 'allowed')],
    ['a deployer without CreateGrant', !deployActions.includes('kms:CreateGrant') || has(rows, 'deployer', 'denied', asksFor('kms:CreateGrant'))],
    ['the grant of a deployer', !deployActions.includes('kms:CreateGrant') || has(rows, 'deployer', 'allowed', asksFor('kms:CreateGrant'))],
    ['a use without the service between', viaServices.length === 0 || has(rows, 'must not', 'denied', isDirect)],
    ...viaServices.map((prefix): [string, boolean] => [`a call through ${prefix}`, rows.some(([, , , request]) => request['kms:ViaService'] === `${prefix}.${REGION}.amazonaws.com`)]),
    ...principals.flatMap((name): [string, boolean][] => [
      [name, has(rows, 'service', 'allowed', isBy(name))], [`${name}, which must not`, has(rows, 'must not', 'denied', isBy(name))],
    ]),
    ...roles.flatMap((name): [string, boolean][] => [
      [name, has(rows, 'service-linked role', 'allowed', isBy(name))], [`${name}, which must not`, has(rows, 'must not', 'denied', isBy(name))],
    ]),
    [`${DENIALS} who must not`, rows.filter(([as, , , , verdict]) => as === 'must not' && verdict === 'denied').length >= DENIALS],
  ];
  return [...new Set(checks.filter(([, met]) => !met).map(([what]) => what))];
}

test.each(KmsService.all().map((service): [string, KmsService] => [service.facts.name, service]))('the golden decisions of %s lack nobody', (_name, service) => {
  expect(lacking(service)).toEqual([]);
});

test('the golden decisions lack no row of policy-model §1.3', () => {
  expect(SERVICES_OF_THE_MODEL.filter((row) => !SERVICE_WORLDS.some(({ about }) => about.startsWith(row)))).toEqual([]);
});

test('the services that golden decisions name are those of the catalogue', () => {
  const known = KmsService.all().map(({ id }) => id);
  expect(SERVICE_WORLDS.flatMap(({ services }) => services).filter((id) => !known.includes(id))).toEqual([]);
});
