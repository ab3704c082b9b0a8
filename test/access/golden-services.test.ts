import { BACKUP } from './golden/backup';
import { COMPUTE } from './golden/compute';
import { DATABASES } from './golden/databases';
import { EBS } from './golden/ebs';
import { EC2_LAUNCHES } from './golden/ec2-launches';
import { LOGS_AND_TRAILS } from './golden/logs';
import { MESSAGING } from './golden/messaging';
import { ADMINISTRATION } from './golden/model-statements';
import { REDSHIFT } from './golden/redshift';
import { S3 } from './golden/s3';
import { SECRETS } from './golden/secrets';
import { STREAMS } from './golden/streams';
import { answer, serviceModel, ServiceRow, ServiceWorld } from '../support/service-world';

const WORLDS: readonly ServiceWorld[] = [
  ...BACKUP, ...COMPUTE, ...DATABASES, ...EBS, ...EC2_LAUNCHES, ...LOGS_AND_TRAILS, ...MESSAGING, ...REDSHIFT, ...S3, ...SECRETS, ...STREAMS,
];

describe.each(WORLDS)('$about ($source)', (world) => {
  const model = serviceModel({ ...world, keyPolicy: [...ADMINISTRATION, ...world.keyPolicy] });

  test.each(world.rows)('%s: %s asks for %s with %j: %s', (...row: ServiceRow) => {
    const decision = answer(model, row);
    expect({ verdict: decision.verdict, because: decision.because }).toEqual({ verdict: row[4], because: decision.because });
  });
});
