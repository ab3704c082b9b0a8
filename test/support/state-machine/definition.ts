/** What the interpreter knows of Amazon States Language, with JSONata as its query language. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: string;
}

export interface State {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Map' | 'Succeed' | 'Fail';
  readonly Next?: string;
  readonly End?: boolean;
  readonly Output?: unknown;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly Choice[];
  readonly Default?: string;
  readonly Seconds?: number | string;
  readonly Timestamp?: string;
  readonly Items?: unknown;
  readonly ItemSelector?: unknown;
  readonly ItemBatcher?: ItemBatcher;
  readonly ItemProcessor?: Definition & { readonly ProcessorConfig?: { readonly Mode?: 'INLINE' | 'DISTRIBUTED' } };
  readonly MaxConcurrency?: number;
  readonly ToleratedFailurePercentage?: number;
  readonly Error?: string;
  readonly Cause?: string;
}

export interface ItemBatcher {
  readonly MaxItemsPerBatch: number;
  readonly MaxInputBytesPerBatch?: number;
}

export interface Choice {
  readonly Condition: string;
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
}
