import {
  AddTagsToResourceCommand, DeleteParameterCommand, GetParameterCommand, ListTagsForResourceCommand, PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-ssm';
import { RoleSession } from './role-session';
import { WantedParameter } from './wanted-parameter';
import { isDenied, patiently } from '../../private/custom-resource/patience';
import { Refusal } from '../../private/custom-resource/refusal';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MOST_BYTES = { Standard: 4096, Advanced: 8192 };

/** AWS Systems Manager Parameter Store, with the permissions of one parameter. */
export class ParameterStore {
  constructor(private readonly session: RoleSession, private readonly seconds: readonly number[], private readonly signal: AbortSignal) {}

  /** The number of the current version of a parameter. */
  public async version(name: string): Promise<number | undefined> {
    const { Parameter } = await this.orNothing(() => this.session.ssm.send(new GetParameterCommand({ Name: name }), this.options));
    return Parameter?.Version;
  }

  /**
   * The value of a parameter, or of an earlier version of it.
   *
   * @param others whoever may decrypt it where this role may not, because it is under another key
   */
  public async value(name: string, version: number | undefined, others: RoleSession[]): Promise<string | undefined> {
    const command = () => new GetParameterCommand({ Name: version === undefined ? name : `${name}:${version}`, WithDecryption: true });
    const { Parameter } = await this.orNothing(async () => {
      for (const other of others) {
        try {
          return await other.ssm.send(command(), this.options);
        } catch (error) {
          if (!isDenied(error)) {
            throw error;
          }
        }
      }
      return this.session.ssm.send(command(), this.options);
    });
    return Parameter?.Value;
  }

  public async tags(name: string): Promise<Record<string, string>> {
    const { TagList = [] } = await this.orNothing(() => this.session.ssm.send(
      new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name }), this.options,
    ));
    return Object.fromEntries(TagList.map(({ Key, Value }) => [Key, Value]));
  }

  public async changeTags(name: string, tags: Record<string, string>, obsolete: string[]): Promise<void> {
    const resource = { ResourceType: 'Parameter', ResourceId: name } as const;
    if (obsolete.length > 0) {
      await this.patiently(() => this.session.ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: obsolete }), this.options));
    }
    // The last call of a request, because it says that the request is done. A parameter has room for 50 tags.
    await this.patiently(() => this.session.ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: tagList(tags) }), this.options));
  }

  /** @throws ParameterAlreadyExists */
  public async create(wanted: WantedParameter, value: string, tags: Record<string, string>): Promise<void> {
    const input = { ...parameterInput(wanted, value), Overwrite: false, Tags: tagList({ ...wanted.tags, ...tags }) };
    await this.patiently(() => this.session.ssm.send(new PutParameterCommand(input), this.options));
  }

  public async overwrite(wanted: WantedParameter, value: string, tier: WantedParameter['tier'] = wanted.tier): Promise<void> {
    const input = { ...parameterInput(wanted, value), Overwrite: true, Tier: tier };
    await this.patiently(() => this.session.ssm.send(new PutParameterCommand(input), this.options));
  }

  public async delete(name: string): Promise<void> {
    await this.orNothing(() => this.session.ssm.send(new DeleteParameterCommand({ Name: name }), this.options));
  }

  /** Nothing where the parameter, or the version of it, is not there. */
  private async orNothing<T>(call: () => Promise<T>): Promise<Partial<T>> {
    try {
      return await this.patiently(call);
    } catch (error) {
      if (['ParameterNotFound', 'ParameterVersionNotFound', 'InvalidResourceId'].includes((error as Error).name)) {
        return {};
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

function parameterInput({ name, description, keyArn, tier }: WantedParameter, value: string) {
  const [bytes, most] = [Buffer.byteLength(value), MOST_BYTES[tier]];
  if (bytes === 0 || bytes > most) {
    throw new Refusal(bytes === 0 ? 'the value is empty, and Parameter Store takes none that is' :
      `the value has ${bytes} bytes, and Parameter Store takes ${most} in the ${tier.toLowerCase()} tier; `
      + (tier === 'Standard' ? 'give tier: ParameterTier.ADVANCED, which takes 8192, or keep it in AWS Secrets Manager' : 'keep it in AWS Secrets Manager'));
  }
  return { Name: name, Type: 'SecureString' as const, Value: value, KeyId: keyArn, Tier: tier, Description: description };
}

function tagList(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
