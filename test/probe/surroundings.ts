import { RegionClients } from './region-clients';

/** What the probe knows of the world: tests give another one. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Nothing is called before somebody agreed. */
  readonly clients: (region: string) => RegionClients;
  readonly ask: (question: string) => Promise<string>;
  readonly say: (line: string) => void;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** In the names of this run. */
  readonly run: string;
  /** Whether somebody stopped it. */
  readonly stopped: AbortSignal;
}
