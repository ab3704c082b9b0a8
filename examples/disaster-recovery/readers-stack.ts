import { type Environment, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type Copies } from './copies';

/** Who reads the copies in the other Region, by roles of their own: those at home are let in to nothing there. */
export class ReadersStack extends Stack {
  constructor(scope: Construct, id: string, copies: Copies, env: Environment) {
    super(scope, id, { env, description: 'Who reads the copies of the data platform' });
    const ingest = new iam.Role(this, 'Ingest', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    copies.partnerToken.replica.grantRead(ingest);
    copies.signingKey.grantRead(ingest);
    copies.lake.destinationBucket.grantRead(new iam.Role(this, 'Analyst', { assumedBy: new iam.AccountPrincipal(this.account) }));
  }
}
