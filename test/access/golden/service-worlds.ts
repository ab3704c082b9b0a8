import { ADMINISTRATIONS } from './administration';
import { BACKUP } from './backup';
import { COMPUTE } from './compute';
import { COPIES } from './copies';
import { DATABASES } from './databases';
import { EBS } from './ebs';
import { EC2_LAUNCHES } from './ec2-launches';
import { FUNCTIONS } from './functions';
import { LOGS_AND_TRAILS } from './logs';
import { MESSAGING } from './messaging';
import { REDSHIFT } from './redshift';
import { S3 } from './s3';
import { SECRETS } from './secrets';
import { STREAMS } from './streams';
import { ServiceWorld } from '../../support/service-world';

/** The golden decisions of every service. */
export const SERVICE_WORLDS: readonly ServiceWorld[] = [
  ...ADMINISTRATIONS, ...BACKUP, ...COMPUTE, ...COPIES, ...DATABASES, ...EBS, ...EC2_LAUNCHES, ...FUNCTIONS, ...LOGS_AND_TRAILS, ...MESSAGING,
  ...REDSHIFT, ...S3, ...SECRETS, ...STREAMS,
];
