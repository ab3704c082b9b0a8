import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { pinnedKey } from './pinned-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

interface NamespaceAdmin {
  readonly namespaceName: string;
  readonly adminUsername: string;
  readonly key: ICustomerManagedKey;
}

/** The secret that Amazon Redshift makes for the administrator of a namespace. CloudFormation does not tell its ARN, which begins with these names. */
export function namespaceAdminSecret(warehouse: Construct, { namespaceName, adminUsername, key }: NamespaceAdmin): secretsmanager.ISecret {
  const secretPartialArn = Arn.format({
    service: 'secretsmanager', resource: 'secret', resourceName: `redshift!${namespaceName}-${adminUsername}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  }, Stack.of(warehouse));
  return secretsmanager.Secret.fromSecretAttributes(warehouse, 'AdminSecret', {
    secretPartialArn,
    encryptionKey: pinnedKey(key.via(KmsService.REDSHIFT_ADMIN_SECRET), {
      // AWS Secrets Manager adds a hyphen and six characters.
      resource: warehouse, key: 'SecretARN', values: [`${secretPartialArn}-??????`],
    }),
  });
}
