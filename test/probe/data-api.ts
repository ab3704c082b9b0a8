import { DescribeStatementCommand, ExecuteStatementCommand, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import { Sandbox } from './operation';

/** A cluster or a workgroup. */
export type Queried = { readonly ClusterIdentifier: string } | { readonly WorkgroupName: string };

/** A statement of the Data API as the admin, whose managed secret it reads, and its result: both are encrypted under the key. */
export async function queryOnce({ source, until }: Sandbox, queried: Queried, SecretArn: string | undefined): Promise<void> {
  const { redshiftData } = source.aws;
  const { Id } = await redshiftData.send(new ExecuteStatementCommand({ ...queried, SecretArn, Database: 'dev', Sql: 'select 1' }));
  await until('the statement is finished', 15, async () => {
    const { Status, Error: message } = await redshiftData.send(new DescribeStatementCommand({ Id }));
    if (Status === 'FAILED' || Status === 'ABORTED') {
      throw new Error(`The statement ended as ${Status}: ${message}`);
    }
    return Status === 'FINISHED';
  });
  await redshiftData.send(new GetStatementResultCommand({ Id }));
}
