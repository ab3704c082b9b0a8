import { FaultyEndpoint, RecordedAnswer } from './faulty-endpoint';

/**
 * What moto lacks of the default key of Amazon EBS, in the shapes that AWS documents: `GetEbsDefaultKmsKeyId`, `ResetEbsDefaultKmsKeyId`, and the
 * AWS managed key, which is told by its alias or its ARN. moto itself answers `ModifyEbsDefaultKmsKeyId`.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/ec2/reset-ebs-default-kms-key-id.html
 */
export class EbsDefaultKey {
  public readonly awsManagedArn: string;
  public current = 'alias/aws/ebs';

  constructor(endpoint: FaultyEndpoint, region: string) {
    this.awsManagedArn = `arn:aws:kms:${region}:123456789012:key/8c5b2c63-b9bc-45a3-a87a-5513eb000000`;
    endpoint.supplement('GetEbsDefaultKmsKeyId', { instead: () => keyAnswer('Get', this.current) });
    endpoint.supplement('ResetEbsDefaultKmsKeyId', {
      instead: () => {
        this.current = this.awsManagedArn;
        return keyAnswer('Reset', this.current);
      },
    });
    endpoint.supplement('ModifyEbsDefaultKmsKeyId', { after: ({ body }) => this.current = /<kmsKeyId>(.*)<\/kmsKeyId>/.exec(body)?.[1] ?? this.current });
    endpoint.supplement('DescribeKey', { instead: (body) => body.includes(this.awsManagedArn) ? this.awsManagedKey() : undefined });
  }

  private awsManagedKey(): RecordedAnswer {
    const KeyMetadata = { Arn: this.awsManagedArn, KeyManager: 'AWS', KeyState: 'Enabled', KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT' };
    return { status: 200, type: 'application/x-amz-json-1.1', body: JSON.stringify({ KeyMetadata }) };
  }
}

export function keyAnswer(verb: 'Get' | 'Reset', key: string): RecordedAnswer {
  const name = `${verb}EbsDefaultKmsKeyIdResponse`;
  const body = `<${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId><kmsKeyId>${key}</kmsKeyId></${name}>`;
  return { status: 200, type: 'text/xml;charset=UTF-8', body };
}
