import { Operation } from './operation';
import { ACTIVITY } from './operations/activity';
import { AURORA_COPY } from './operations/aurora-copy';
import { BACKUP_COPY } from './operations/backup-copy';
import { CACHE } from './operations/cache';
import { DELIVERY_STREAM } from './operations/delivery-stream';
import { DLM_COPY } from './operations/dlm-copy';
import { DOMAIN } from './operations/domain';
import { EBS_COPY } from './operations/ebs-copy';
import { EVENT_BUS } from './operations/event-bus';
import { FUNCTION } from './operations/function';
import { LOG_GROUP } from './operations/log-group';
import { MESSAGES } from './operations/messages';
import { PARAMETERS } from './operations/parameters';
import { RDS_COPY } from './operations/rds-copy';
import { REDSHIFT_COPY } from './operations/redshift-copy';
import { REPOSITORY } from './operations/repository';
import { S3_BATCH } from './operations/s3-batch';
import { S3_REPLICATION } from './operations/s3-replication';
import { SECRET_REPLICA } from './operations/secret-replica';
import { SERVERLESS_COPY } from './operations/serverless-copy';
import { SPOT_GROUP } from './operations/spot-group';
import { TABLE } from './operations/table';

/** Everything that the probe can do: the copies first. */
export const OPERATIONS: readonly Operation[] = [
  EBS_COPY, DLM_COPY, RDS_COPY, AURORA_COPY, REDSHIFT_COPY, SERVERLESS_COPY, S3_REPLICATION, S3_BATCH, BACKUP_COPY,
  SECRET_REPLICA, PARAMETERS, ACTIVITY, CACHE, DOMAIN, EVENT_BUS, DELIVERY_STREAM, FUNCTION, LOG_GROUP, MESSAGES, REPOSITORY,
  SPOT_GROUP, TABLE,
];
