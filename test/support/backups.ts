import { RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import { Construct } from 'constructs';
import { SYDNEY } from './copies';
import { vpcWith } from './databases';
import { BackupCopy, BackupCopyProps, CustomerManagedKey, EncryptedVolume, ICustomerManagedKey, KmsService, SnapshotDestination } from '../../src';

export function diskIn(scope: Construct, id = 'Disk'): EncryptedVolume {
  return new EncryptedVolume(scope, id, { availabilityZone: `${Stack.of(scope).region}a`, size: Size.gibibytes(10) });
}

export function ordersIn(scope: Construct, key: ICustomerManagedKey = new CustomerManagedKey(scope, 'OrdersKey')): dynamodb.Table {
  return new dynamodb.Table(scope, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryptionKey: key.via(KmsService.DYNAMODB),
  });
}

/** One VPC for all that is in a scope. */
function vpcOf(scope: Construct): ec2.IVpc {
  return scope.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? vpcWith(scope, 'isolated');
}

export function filesIn(scope: Construct, kmsKey = new CustomerManagedKey(scope, 'FilesKey').via(KmsService.EFS)): efs.FileSystem {
  return new efs.FileSystem(scope, 'Files', { vpc: vpcOf(scope), kmsKey, removalPolicy: RemovalPolicy.RETAIN });
}

/** What is in these constructs, copied to Sydney. */
export function backedUp(scope: Construct, resources: (Construct | backup.BackupResource)[], props: Partial<BackupCopyProps> = {}): BackupCopy {
  return new BackupCopy(scope, 'Backups', {
    resources: resources.map((one) => one instanceof backup.BackupResource ? one : backup.BackupResource.fromConstruct(one)),
    destinations: [SnapshotDestination.inRegion(SYDNEY)],
    ...props,
  });
}
