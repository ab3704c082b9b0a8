import { RegionClients } from './region-clients';
import { Surroundings } from './surroundings';

export interface FakeCall {
  readonly region: string;
  /** Such as `kms.CreateKey`. */
  readonly call: string;
  readonly input: any;
}

/** Answers a call: with an output, or by throwing. */
export type Answers = Readonly<Record<string, (input: any, region: string) => unknown>>;

export const ACCOUNT = '111122223333';

/** A world without AWS, whose time passes only where the probe waits. */
export class FakeSurroundings implements Surroundings {
  public readonly calls: FakeCall[] = [];
  public readonly said: string[] = [];
  public readonly questions: string[] = [];
  public readonly run = 'test';
  public readonly environment: Record<string, string | undefined> = {};
  public answer = ACCOUNT;
  private time = Date.parse('2026-01-01T00:00:00Z');
  private readonly stopping = new AbortController();
  private readonly answers: Answers;

  constructor(answers: Answers = {}) {
    this.answers = {
      'sts.GetCallerIdentity': () => ({ Account: ACCOUNT, Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Engineer/session` }),
      'kms.CreateKey': (_input, region) => ({ KeyMetadata: { Arn: keyArn(region) } }),
      'cloudTrail.LookupEvents': () => ({ Events: [] }),
      ...answers,
    };
  }

  public get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  public stop(): void {
    this.stopping.abort();
  }

  public readonly now = (): number => this.time;

  public readonly sleep = async (milliseconds: number): Promise<void> => {
    this.time += milliseconds;
  };

  public readonly say = (line: string): void => {
    this.said.push(line);
  };

  public readonly ask = async (question: string): Promise<string> => {
    this.questions.push(question);
    return this.answer;
  };

  public readonly clients = (region: string): RegionClients => {
    const client = (name: string) => ({
      send: async (command: { constructor: { name: string }; input: unknown }) => {
        const call = `${name}.${command.constructor.name.replace(/Command$/, '')}`;
        this.calls.push({ region, call, input: command.input });
        return this.answers[call]?.(command.input, region) ?? {};
      },
    });
    return new Proxy({ region }, { get: (target, name: string) => name === 'region' ? target.region : client(name) }) as unknown as RegionClients;
  };

  public callsOf(call: string): FakeCall[] {
    return this.calls.filter((each) => each.call === call);
  }
}

export function keyArn(region: string): string {
  return `arn:aws:kms:${region}:${ACCOUNT}:key/${region}-1234-abcd`;
}
