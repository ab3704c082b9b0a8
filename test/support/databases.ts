import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';

export const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_7 });
export const MYSQL = rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_4_5 });
export const ORACLE = rds.DatabaseInstanceEngine.oracleEe({ version: rds.OracleEngineVersion.VER_19 });
export const SQL_SERVER = rds.DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.VER_16_00_4236_2_V1 });
export const AURORA_POSTGRES = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_7 });
export const AURORA_MYSQL = rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 });
export const WRITER = { writer: rds.ClusterInstance.serverlessV2('Writer') };

type Kind = 'isolated' | 'egress' | 'public';

const SUBNETS: Record<Kind, ec2.SubnetConfiguration> = {
  isolated: { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  egress: { name: 'Egress', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  public: { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
};

/** A VPC with subnets of these kinds in two Availability Zones. */
export function vpcWith(scope: Construct, ...kinds: Kind[]): ec2.Vpc {
  return new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: kinds.includes('egress') ? 1 : 0,
    subnetConfiguration: kinds.map((kind) => SUBNETS[kind]),
    restrictDefaultSecurityGroup: false,
  });
}

/** The only resource of a type in a template. */
export function theOnly(template: { Resources: Record<string, any> }, type: string): any {
  const found = Object.values(template.Resources).filter(({ Type }) => Type === type);
  if (found.length !== 1) {
    throw new Error(`${found.length} resources have the type ${type}`);
  }
  return found[0];
}
