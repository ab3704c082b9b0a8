import { App, Environment, Stack } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { POSTGRES, vpcWith } from './databases';
import { newApp, newStack } from './key-stack';
import { References } from './three-stacks';
import { EncryptedDatabaseInstance, EncryptedDatabaseInstanceProps, RdsBackupReplication, RdsBackupReplicationProps, SnapshotDestination } from '../../src';

export const SYDNEY = 'ap-southeast-2';

/** A database in London, whose backups go to another Region. */
export class Copies {
  public readonly app: App;
  public readonly data: Stack;

  constructor(references: References = 'weak', env?: Environment) {
    this.app = newApp(references === 'weak' ? recommendedFlags : { '@aws-cdk/core:enablePartitionLiterals': false });
    this.data = newStack(this.app, 'Data', env);
  }

  public template(stackName: string): { Resources: Record<string, any>; Outputs?: Record<string, any> } {
    return this.app.synth().getStackByName(stackName).template;
  }
}

export function ledgerIn(scope: Construct, id = 'Ledger', props: Partial<EncryptedDatabaseInstanceProps> = {}): EncryptedDatabaseInstance {
  const vpc = scope.node.tryFindChild('Vpc') as EncryptedDatabaseInstanceProps['vpc'] | undefined;
  return new EncryptedDatabaseInstance(scope, id, { engine: POSTGRES, vpc: vpc ?? vpcWith(scope, 'isolated'), ...props });
}

export function replicated(
  source: EncryptedDatabaseInstance, destination = SnapshotDestination.inRegion(SYDNEY), further: Pick<RdsBackupReplicationProps, 'retention' | 'maxAge'> = {},
): RdsBackupReplication {
  return new RdsBackupReplication(source.node.scope!, `${source.node.id}Copies`, { source, destination, ...further });
}
