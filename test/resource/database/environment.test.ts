import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptedDatabaseCluster, EncryptedDatabaseInstance } from '../../../src';
import { AURORA_MYSQL, POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { FLAGS, templateOf } from '../../support/template-difference';

function everything(env: { account?: string; region?: string }, flags: keyof typeof FLAGS): string {
  return JSON.stringify(templateOf((scope) => {
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const shared = { vpc: vpcWith(scope, 'isolated'), manageMasterUserPassword: true, enablePerformanceInsights: true };
    const databases = [
      new EncryptedDatabaseInstance(scope, 'Ledger', { ...shared, engine: POSTGRES, instanceIdentifier: 'ledger', cloudwatchLogsExports: ['postgresql'] }),
      new EncryptedDatabaseCluster(scope, 'Orders', {
        ...shared, ...WRITER, engine: AURORA_MYSQL, clusterIdentifier: 'orders', cloudwatchLogsExports: ['audit'],
      }),
    ];
    databases.forEach((database) => {
      database.grantConnect(role, 'app');
      database.grantReadSecret(role);
      database.grantViewPerformanceInsights(role);
    });
  }, { env, flags }));
}

describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
  test.each([['aws', 'eu-west-2'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1']])('writes ARNs of %s', (partition, region) => {
    const template = everything({ account: '111122223333', region }, flags);
    const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);

    expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
    // These end in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    expect(new Set(template.match(/(rds|secretsmanager)\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com[.a-z]*/g)))
      .toEqual(new Set([`rds.${region}.amazonaws.com`, `secretsmanager.${region}.amazonaws.com`]));
  });

  test('writes no partition, Region or account where none is known', () => {
    const template = everything({}, flags);

    expect(template).not.toMatch(/arn:aws|\d{12}|\.amazonaws\.com\.cn|eu-west-2/);
    expect(template).toContain(JSON.stringify({ 'Fn::Join': ['', ['rds.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }));
  });
});
