import { DeleteParameterCommand, GetParameterCommand, ParameterTier, ParameterType, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { RECORD_NAME } from './ebs-encryption-properties';
import { EbsRecord } from './ebs-record';
import { patiently } from '../../../private/custom-resource/patience';
import { RETRIES } from '../../../private/custom-resource/retries';

const DESCRIPTION = 'Who set EBS encryption by default with cdk-kms-patterns, and what it was before. It goes when that is restored.';

/** The record of the account and Region, in Parameter Store. */
export class RecordStore {
  private readonly ssm = new SSMClient(RETRIES);

  constructor(private readonly seconds: readonly number[], private readonly signal: AbortSignal) {}

  public async read(): Promise<EbsRecord | undefined> {
    const { Parameter } = await this.orNothing('ParameterNotFound', () => this.ssm.send(new GetParameterCommand({ Name: RECORD_NAME }), this.options));
    return Parameter && EbsRecord.of(Parameter.Value!);
  }

  /** Writes the first record, and returns the one that is there. */
  public async create(record: EbsRecord): Promise<EbsRecord | undefined> {
    const { Version } = await this.orNothing('ParameterAlreadyExists', () => this.ssm.send(command(record, false), this.options));
    return Version === undefined ? this.read() : record;
  }

  public async write(record: EbsRecord): Promise<EbsRecord> {
    await this.patiently(() => this.ssm.send(command(record, true), this.options));
    return record;
  }

  public async delete(): Promise<void> {
    await this.orNothing('ParameterNotFound', () => this.ssm.send(new DeleteParameterCommand({ Name: RECORD_NAME }), this.options));
  }

  private async orNothing<T>(error: string, call: () => Promise<T>): Promise<Partial<T>> {
    try {
      return await this.patiently(call);
    } catch (thrown) {
      if ((thrown as Error).name === error) {
        return {};
      }
      throw thrown;
    }
  }

  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    return patiently(this.seconds, this.signal, call);
  }

  private get options() {
    return { abortSignal: this.signal };
  }
}

function command(record: EbsRecord, Overwrite: boolean): PutParameterCommand {
  return new PutParameterCommand({
    Name: RECORD_NAME, Type: ParameterType.STRING, Tier: ParameterTier.STANDARD, Description: DESCRIPTION, Value: `${record}`, Overwrite,
  });
}
