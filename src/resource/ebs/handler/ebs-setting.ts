import {
  DisableEbsEncryptionByDefaultCommand, EC2Client, EnableEbsEncryptionByDefaultCommand, GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand, ModifyEbsDefaultKmsKeyIdCommand, ResetEbsDefaultKmsKeyIdCommand,
} from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, KeyMetadata, KMSClient } from '@aws-sdk/client-kms';
import { isDenied, patiently, Unsettled } from '../../../private/custom-resource/patience';
import { RETRIES } from '../../../private/custom-resource/retries';

/** EBS encryption by default, as an account has it in a Region. */
export interface EbsEncryption {
  readonly enabled: boolean;
  /** The ARN of the default key, or `AWS_MANAGED`. */
  readonly key: string;
}

/** The key that AWS manages, by the only one of its names that is the same in every account. */
export const AWS_MANAGED = 'alias/aws/ebs';

/** The setting of the account and Region that the function runs in. */
export class EbsSetting {
  private readonly ec2 = new EC2Client(RETRIES);
  private readonly kms = new KMSClient(RETRIES);

  constructor(private readonly seconds: readonly number[], private readonly signal: AbortSignal) {}

  /** @param known keys of which it is known that AWS does not manage them */
  public async read(known: readonly string[]): Promise<EbsEncryption> {
    const { EbsEncryptionByDefault } = await this.patiently(() => this.ec2.send(new GetEbsEncryptionByDefaultCommand(), this.options));
    const { KmsKeyId = AWS_MANAGED } = await this.patiently(() => this.ec2.send(new GetEbsDefaultKmsKeyIdCommand(), this.options));
    const managed = KmsKeyId.endsWith(AWS_MANAGED) || (!known.includes(KmsKeyId) && await this.managedByAws(KmsKeyId));
    return { enabled: EbsEncryptionByDefault === true, key: managed ? AWS_MANAGED : KmsKeyId };
  }

  public async enable(): Promise<void> {
    await this.patiently(() => this.ec2.send(new EnableEbsEncryptionByDefaultCommand(), this.options));
  }

  public async disable(): Promise<void> {
    await this.patiently(() => this.ec2.send(new DisableEbsEncryptionByDefaultCommand(), this.options));
  }

  public async useKey(key: string): Promise<void> {
    await this.patiently(async () => key === AWS_MANAGED
      ? this.ec2.send(new ResetEbsDefaultKmsKeyIdCommand(), this.options)
      : this.ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: key }), this.options));
  }

  /** Amazon EC2 looks at the key after it answered: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyEbsDefaultKmsKeyId.html */
  public async assertTaken(key: string): Promise<void> {
    await this.patiently(async () => {
      const now = await this.read([key]);
      if (!now.enabled || now.key !== key) {
        throw new Unsettled(`Amazon EC2 was told to encrypt under ${key}, and says that encryption is ${now.enabled ? 'on' : 'off'}, under ${now.key}`);
      }
    });
  }

  /** What stands against a key as the default one, as far as this role may look: launches would fail under one that Amazon EBS cannot use. */
  public async problemOf(key: string): Promise<string | undefined> {
    try {
      const metadata = await this.describe(key);
      return metadata === undefined ? 'is not there'
        : metadata.KeyState !== 'Enabled' ? `is in the state ${metadata.KeyState}`
          : metadata.KeySpec !== 'SYMMETRIC_DEFAULT' ? `is of the kind ${metadata.KeySpec}` : undefined;
    } catch (error) {
      if (isDenied(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async managedByAws(key: string): Promise<boolean> {
    try {
      return (await this.describe(key))?.KeyManager === 'AWS';
    } catch (error) {
      if (isDenied(error)) {
        return false;
      }
      throw error;
    }
  }

  private async describe(KeyId: string): Promise<KeyMetadata | undefined> {
    try {
      return (await this.patiently(() => this.kms.send(new DescribeKeyCommand({ KeyId }), this.options))).KeyMetadata;
    } catch (error) {
      if ((error as Error).name === 'NotFoundException') {
        return undefined;
      }
      throw error;
    }
  }

  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    return patiently(this.seconds, this.signal, call);
  }

  private get options() {
    return { abortSignal: this.signal };
  }
}
