import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { FLAGS, templateOf } from '../../support/template-difference';
import { WAREHOUSES } from '../../support/warehouses';

function everything(make: typeof WAREHOUSES[number][1], env: { account?: string; region?: string }, flags: keyof typeof FLAGS): string {
  return JSON.stringify(templateOf((scope) => {
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const vpc = new ec2.Vpc(scope, 'Vpc', { availabilityZones: [0, 1, 2].map((n) => Fn.select(n, Fn.getAzs())), restrictDefaultSecurityGroup: false });
    const warehouse = make(scope, { vpc });
    warehouse.grantDataApi(role);
    warehouse.grantReadAdminSecret(role);
  }, { env, flags }));
}

describe.each(WAREHOUSES)('an %s', (name, make) => {
  const services = ['redshift', 'redshift-data', 'redshift-serverless', 'secretsmanager'];

  describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
    test.each([['aws', 'eu-west-2'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1']])('writes ARNs of %s', (partition, region) => {
      const template = everything(make, { account: '111122223333', region }, flags);
      const partitions = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);

      expect(new Set(partitions)).toEqual(new Set(flags === 'recommended' ? [partition] : []));
      // These end in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
      expect(new Set(template.match(/"(redshift|redshift-data|redshift-serverless|secretsmanager)\.[a-z]+(-[a-z]+)+-\d\.amazonaws\.com[.a-z]*"/g)))
        .toEqual(new Set(services.map((service) => `"${service}.${region}.amazonaws.com"`)));
    });

    test('writes no partition, Region or account where none is known', () => {
      const template = everything(make, {}, flags);

      expect(template).not.toMatch(/arn:aws|\d{12}|\.amazonaws\.com\.cn|eu-west-2/);
      expect(template).toContain(JSON.stringify({ 'Fn::Join': ['', ['redshift-data.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }));
      expect(template).toContain(name === 'EncryptedRedshiftCluster' ? ':cluster:*' : ':secret:redshift!sales-admin-??????');
    });
  });
});
