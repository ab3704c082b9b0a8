import { writeFileSync } from 'node:fs';
import { CreateKeyCommand, DescribeKeyCommand } from '@aws-sdk/client-kms';
import { HERE, STACK, THERE } from './copies-app';
import { Aws } from '../aws';
import { type DeployedApp } from '../deployed-app';

/** An error of a service, with its code and message, or one that is told of although the call was made. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly after?: boolean;
}

export const LOST: Fault = { code: 'InternalError', message: 'An internal error has occurred', status: 500, after: true };
/** How often a call is made that can be made again without harm. */
export const REPEATED = 9;

/** Snapshots and their copies, at moto, and the keys that MiniStack has for them. */
export class CopyEndpoints {
  public static async of(app: DeployedApp, port: number, faults: string): Promise<CopyEndpoints> {
    const [here, there] = [new Aws(HERE, port), new Aws(THERE, port)];
    const keys = {
      here: await keyOf(app.aws(HERE), here, app.find(`${STACK}/Data`).physicalId!),
      there: await keyOf(app.aws(THERE), there, app.find(`${STACK}-copies-${THERE}/Key`).physicalId!),
    };
    return new CopyEndpoints(here, there, keys, faults);
  }

  private constructor(
    public readonly here: Aws,
    public readonly there: Aws,
    public readonly keys: Readonly<Record<'here' | 'there', string>>,
    private readonly faults: string,
  ) {}

  /** The next calls of an action, by the state machines, end with these. */
  public failNext(action: string, ...faults: Fault[]): void {
    writeFileSync(this.faults, JSON.stringify({ [action]: faults }));
  }
}

/** Gives moto a key that was deployed at MiniStack, and returns its ARN. */
async function keyOf(deployed: Aws, moto: Aws, KeyId: string): Promise<string> {
  const { KeyMetadata } = await deployed.kms.send(new DescribeKeyCommand({ KeyId }));
  const known = await moto.kms.send(new CreateKeyCommand({ Tags: [{ TagKey: 'key-id', TagValue: KeyId }] }));
  if (known.KeyMetadata?.Arn !== KeyMetadata!.Arn) {
    throw new Error(`moto calls the key ${KeyMetadata!.Arn} ${known.KeyMetadata?.Arn}.`);
  }
  return KeyMetadata!.Arn!;
}
