import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type InstancesStack } from './instances-stack';
import { type KeysStack } from './keys-stack';

interface PeopleStackProps {
  readonly keys: KeysStack;
  readonly instances: InstancesStack;
}

/** Who has to do with the instances. Grants write the IAM policies here; the key policies name nobody of this stack. */
export class PeopleStack extends Stack {
  constructor(scope: Construct, id: string, { keys, instances: { workers, evidence } }: PeopleStackProps) {
    super(scope, id, { description: 'The people around the fleet' });

    // Looks into what went wrong on an instance of its own, with what was found before. It reads volumes that it attaches, and nothing else under the key.
    const operator = this.person('Operator');
    workers.grantLaunch(operator);
    evidence.grantAttachVolume(operator);
    evidence.grantDetachVolume(operator);

    // Sees how the keys are set up and what is granted on them, and uses neither.
    this.person('Auditor').addToPolicy(new iam.PolicyStatement({
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants'],
      resources: [keys.volumes.keyArn, keys.operations.keyArn],
    }));
  }

  private person(id: string): iam.Role {
    return new iam.Role(this, id, { assumedBy: new iam.AccountPrincipal(this.account) });
  }
}
