import { ARN, inContext, may, mayIf, OTHER_REGION, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, grantBy, pair, strangers } from './requests';
import { allows } from './statements';
import { KmsService } from '../../../src/service/kms-service';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const PARAMETER = pair('PARAMETER_ARN', ARN('ssm', 'parameter/app/db/password'));
const OTHER_PARAMETER = pair('PARAMETER_ARN', ARN('ssm', 'parameter/payroll/db/password'));
const OF_THE_APP = inContext('PARAMETER_ARN', ARN('ssm', 'parameter/app/*'));
const SECRET_ARN = ARN('secretsmanager', 'secret:db');
const SECRET = { ...pair('SecretARN', `${SECRET_ARN}-AbCdEf`), ...pair('SecretVersionId', '7f1c') };
const VALIDATES = { ...pair('SecretARN', `${SECRET_ARN}-AbCdEf`), ...pair('SecretVersionId', 'RequestToValidateKeyAccess') };
const OF_THE_SECRET = inContext('SecretARN', `${SECRET_ARN}-??????`);
const THERE = `secretsmanager.${OTHER_REGION}`;

export const SECRETS: readonly ServiceWorld[] = [{
  about: 'SSM standard / advanced',
  services: ['ParameterStore'],
  source: 'SSM-ss',
  keyPolicy: [useThrough('ssm', 'Encrypt', 'Decrypt', 'GenerateDataKey')],
  people: {
    Writer: [mayIf(OF_THE_APP, 'Encrypt')],
    AdvancedWriter: [mayIf(OF_THE_APP, 'GenerateDataKey', 'Decrypt')],
    Reader: [mayIf(OF_THE_APP, 'Decrypt')],
    OnTheParameter: [allows('ssm:GetParameter')],
    Lowercase: [mayIf(inContext('parameter_arn', ARN('ssm', 'parameter/app/*')), 'Decrypt')],
  },
  rows: [
    ...fenced('consumer', 'Writer', 'Encrypt', 'ssm', PARAMETER),
    ...fenced('consumer', 'AdvancedWriter', 'GenerateDataKey', 'ssm', PARAMETER),
    ...fenced('consumer', 'Reader', 'Decrypt', 'ssm', PARAMETER),
    ['consumer', 'Lowercase', 'Decrypt', by('ssm', PARAMETER), 'allowed'],
    ['must not', 'Writer', 'GenerateDataKey', by('ssm', PARAMETER), 'denied'],
    ['must not', 'Writer', 'Decrypt', by('ssm', PARAMETER), 'denied'],
    ['must not', 'Reader', 'Decrypt', by('ssm', OTHER_PARAMETER), 'denied'],
    ['must not', 'Reader', 'Encrypt', by('ssm', PARAMETER), 'denied'],
    ['must not', 'OnTheParameter', 'Decrypt', by('ssm', PARAMETER), 'denied'],
    ['must not', 'ssm.amazonaws.com', 'Decrypt', PARAMETER, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy('ssm'), 'denied'],
    ...strangers('ssm', 'Decrypt', PARAMETER),
  ],
}, {
  about: 'Secrets Manager',
  services: ['SecretsManager'],
  source: 'SEC',
  keyPolicy: [useThrough('secretsmanager', 'GenerateDataKey', 'Decrypt', 'DescribeKey', 'Encrypt')],
  people: {
    Deployer: [may('GenerateDataKey', 'Decrypt')],
    Rotation: [mayIf(OF_THE_SECRET, 'GenerateDataKey', 'Decrypt')],
    Reader: [mayIf(OF_THE_SECRET, 'Decrypt')],
    WithoutSuffix: [mayIf({ StringEquals: pair('SecretARN', SECRET_ARN) }, 'Decrypt')],
    RealVersionsOnly: [mayIf({ StringNotEquals: pair('SecretVersionId', 'RequestToValidateKeyAccess') }, 'GenerateDataKey')],
    OnTheSecret: [allows('secretsmanager:*')],
  },
  rows: [
    ...fenced('deployer', 'Deployer', 'GenerateDataKey', 'secretsmanager', VALIDATES),
    ...fenced('deployer', 'Deployer', 'Decrypt', 'secretsmanager', VALIDATES),
    ...fenced('consumer', 'Rotation', 'GenerateDataKey', 'secretsmanager', SECRET),
    ...fenced('consumer', 'Reader', 'Decrypt', 'secretsmanager', SECRET),
    ['must not', 'Reader', 'GenerateDataKey', by('secretsmanager', SECRET), 'denied'],
    ['must not', 'Reader', 'Decrypt', by('secretsmanager', pair('SecretARN', `${SECRET_ARN}-old-AbCdEf`)), 'denied'],
    ['must not', 'Reader', 'Decrypt', by('secretsmanager', pair('SecretARN', SECRET_ARN)), 'denied'],
    ['must not', 'WithoutSuffix', 'Decrypt', by('secretsmanager', SECRET), 'denied'],
    ['must not', 'RealVersionsOnly', 'GenerateDataKey', by('secretsmanager', VALIDATES), 'denied'],
    ['must not', 'OnTheSecret', 'Decrypt', by('secretsmanager', SECRET), 'denied'],
    ['must not', 'secretsmanager.amazonaws.com', 'Decrypt', SECRET, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy('secretsmanager'), 'denied'],
    ['must not', 'Administrator', 'Decrypt', by('rds', SECRET), 'denied'],
    ...strangers('secretsmanager', 'Decrypt', SECRET),
  ],
}, {
  about: 'Secret replicas',
  services: ['SecretsManager'],
  source: 'SMr, §5: both Regions in both keys',
  keyPolicy: [useThrough(['secretsmanager', THERE], 'GenerateDataKey', 'Decrypt', 'DescribeKey', 'Encrypt')],
  handOver: (key) => key.via(KmsService.SECRETS_MANAGER, { regions: [OTHER_REGION] }),
  people: { Deployer: [may('GenerateDataKey', 'Decrypt', 'Encrypt')], Rotation: [may('GenerateDataKey', 'Decrypt', 'Encrypt')], Reader: [may('Decrypt')] },
  rows: [
    ...['secretsmanager', THERE].flatMap((name): ServiceRow[] => [
      ['deployer', 'Deployer', 'Encrypt', by(name, SECRET), 'allowed'],
      ['deployer', 'Deployer', 'GenerateDataKey', by(name, SECRET), 'allowed'],
      ...fenced('consumer', 'Rotation', 'Encrypt', name, SECRET),
      ...fenced('consumer', 'Reader', 'Decrypt', name, SECRET),
      ['must not', 'Reader', 'Encrypt', by(name, SECRET), 'denied'],
    ]),
    ['must not', 'Administrator', 'Decrypt', by('secretsmanager.eu-central-1', SECRET), 'denied'],
    ['must not', 'Administrator', 'Encrypt', DIRECTLY, 'denied'],
    ['must not', 'Partner', 'Decrypt', by('secretsmanager', SECRET), 'denied'],
  ],
}];
