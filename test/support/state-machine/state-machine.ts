import { batchesOf, LARGEST_PAYLOAD } from './batches';
import { Catcher, Definition, Retrier, State } from './definition';
import { evaluated } from './expressions';
import { shadowedVariables } from './shadowed-variables';
import { StateError, Stopped } from './state-error';
import { VirtualClock } from './virtual-clock';

/** Answers a task: with a result, or by throwing a StateError. */
export type Call = (resource: string, args: any) => unknown;

export interface StateMachineOptions {
  readonly clock: VirtualClock;
  readonly call: Call;
  /** Between 0 and 1. */
  readonly random?: () => number;
  /** Stops the execution where it is about to enter a state. */
  readonly stop?: (state: string, transition: number) => boolean;
}

const LONGEST_HISTORY = 25_000;

interface Scope {
  readonly variables: Record<string, unknown>;
  readonly context: Record<string, unknown>;
  /** Of an execution: a distributed map begins new ones. */
  readonly history: { events: number };
}

/** A state machine of AWS Step Functions on a virtual clock: Standard, with JSONata. */
export class StateMachine {
  public transitions = 0;
  /** Executions, those of distributed maps not among them. */
  public executions = 0;

  private readonly functions: Readonly<Record<string, unknown>>;

  constructor(private readonly definition: Definition, private readonly options: StateMachineOptions) {
    const { clock, random } = options;
    assertAccepted(definition);
    this.functions = {
      now: () => new Date(clock.now).toISOString(),
      millis: () => clock.now,
      random: () => random?.() ?? 0.5,
      uuid: () => `00000000-0000-4000-8000-${String(this.transitions).padStart(12, '0')}`,
      parse: (text: string) => JSON.parse(text) as unknown,
    };
  }

  public execute(input: unknown = {}): Promise<unknown> {
    const id = `execution-${++this.executions}`;
    const StartTime = new Date(this.options.clock.now).toISOString();
    const context = { Execution: { Id: `arn:aws:states:xx-test-1:111122223333:execution:machine:${id}`, Name: id, Input: input, StartTime } };
    return this.states(this.definition, input, { variables: {}, context, history: { events: 0 } });
  }

  private async states({ StartAt, States }: Definition, input: unknown, scope: Scope): Promise<unknown> {
    let name = StartAt;
    let value = input;
    for (;;) {
      if (this.options.stop?.(name, this.transitions)) {
        throw new Stopped(`Stopped before ${name}`);
      }
      this.transitions++;
      const state = States[name];
      if (!state) {
        throw new StateError('States.Runtime', `There is no state ${name}`);
      }
      this.count(scope, state.Type === 'Task' ? 5 : 2);
      const { output, next } = await this.withRetries(state, value, { ...scope, context: { ...scope.context, State: { Name: name } } });
      assertSmall(name, output);
      if (next === undefined) {
        return output;
      }
      [name, value] = [next, output];
    }
  }

  private async withRetries(state: State, input: unknown, scope: Scope): Promise<{ output: unknown; next?: string }> {
    const attempts = new Map<Retrier, number>();
    for (;;) {
      try {
        return await this.step(state, input, scope);
      } catch (error) {
        if (!(error instanceof StateError)) {
          throw error;
        }
        const retrier = state.Retry?.find(({ ErrorEquals }) => error.isOneOf(ErrorEquals));
        const attempt = retrier ? attempts.get(retrier) ?? 0 : 0;
        if (retrier && attempt < (retrier.MaxAttempts ?? 3)) {
          attempts.set(retrier, attempt + 1);
          this.transitions++; // AWS bills a retry as a transition.
          this.count(scope, 3);
          await this.options.clock.sleep(this.delay(retrier, attempt));
          continue;
        }
        const catcher = state.Catch?.find(({ ErrorEquals }) => error.isOneOf(ErrorEquals));
        if (!catcher) {
          throw error;
        }
        return this.caught(catcher, error, input, scope);
      }
    }
  }

  private delay({ IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity, JitterStrategy }: Retrier, attempt: number): number {
    const seconds = Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds);
    return 1000 * (JitterStrategy === 'FULL' ? seconds * (this.options.random?.() ?? 0.5) : seconds);
  }

  private caught(catcher: Catcher, error: StateError, input: unknown, scope: Scope): { output: unknown; next?: string } {
    const errorOutput = { Error: error.name, Cause: error.message };
    const bindings = this.bindings(scope, { input, errorOutput });
    const output = catcher.Output === undefined ? errorOutput : evaluated(catcher.Output, bindings);
    assign(catcher.Assign, bindings, scope);
    return { output, next: catcher.Next };
  }

  private async step(state: State, input: unknown, scope: Scope): Promise<{ output: unknown; next?: string }> {
    const bindings = this.bindings(scope, { input });
    switch (state.Type) {
      case 'Task': {
        const args = evaluated(state.Arguments ?? {}, bindings);
        assertSmall(state.Resource!, args);
        const result = await this.options.call(state.Resource!, args);
        assertSmall(state.Resource!, result);
        return this.ended(state, input, result, scope);
      }
      case 'Map': return this.ended(state, input, await this.map(state, input, bindings, scope), scope);
      case 'Pass': return this.ended(state, input, undefined, scope);
      case 'Wait':
        await this.options.clock.sleep(this.waits(state, bindings));
        return this.ended(state, input, undefined, scope);
      case 'Choice': return this.choose(state, input, bindings, scope);
      case 'Succeed': return { output: state.Output === undefined ? input : evaluated(state.Output, bindings) };
      case 'Fail': {
        const [name, cause] = [state.Error ?? 'States.Failed', state.Cause ?? ''].map((text) => evaluated(text, bindings));
        throw new StateError(String(name), String(cause));
      }
      default: throw new StateError('States.Runtime', `The interpreter has no states of type ${String(state.Type)}`);
    }
  }

  private ended(state: State, input: unknown, result: unknown, scope: Scope): { output: unknown; next?: string } {
    const bindings = this.bindings(scope, { input, ...result === undefined ? {} : { result } });
    const output = state.Output === undefined ? result ?? input : evaluated(state.Output, bindings);
    assign(state.Assign, bindings, scope);
    return { output, next: state.End ? undefined : state.Next };
  }

  private choose(state: State, input: unknown, bindings: Record<string, unknown>, scope: Scope): { output: unknown; next?: string } {
    for (const { Condition, Next, Output, Assign } of state.Choices!) {
      const holds = evaluated(Condition, bindings);
      if (typeof holds !== 'boolean') {
        throw new StateError('States.QueryEvaluationError', `A condition gives ${JSON.stringify(holds)}: ${Condition}`);
      }
      if (holds) {
        const output = Output === undefined ? input : evaluated(Output, bindings);
        assign(Assign, bindings, scope);
        return { output, next: Next };
      }
    }
    if (!state.Default) {
      throw new StateError('States.NoChoiceMatched', 'No choice was matched');
    }
    const output = state.Output === undefined ? input : evaluated(state.Output, bindings);
    assign(state.Assign, bindings, scope);
    return { output, next: state.Default };
  }

  private waits({ Seconds, Timestamp }: State, bindings: Record<string, unknown>): number {
    return Timestamp === undefined
      ? 1000 * Number(evaluated(Seconds, bindings))
      : Date.parse(String(evaluated(Timestamp, bindings))) - this.options.clock.now;
  }

  private async map(state: State, input: unknown, bindings: Record<string, unknown>, scope: Scope): Promise<unknown> {
    const items = evaluated(state.Items ?? input, bindings);
    if (!Array.isArray(items)) {
      throw new StateError('States.QueryEvaluationError', `The items of a map are no array: ${JSON.stringify(items)}`);
    }
    const inputs = items.map((Value, Index) => state.ItemSelector === undefined ? Value : evaluated(
      state.ItemSelector, this.bindings({ ...scope, context: { ...scope.context, Map: { Item: { Index, Value } } } }, { input }),
    ));
    const batches = state.ItemBatcher ? batchesOf(inputs, state.ItemBatcher).map((Items) => ({ Items })) : inputs;
    const distributed = state.ItemProcessor!.ProcessorConfig?.Mode === 'DISTRIBUTED';
    const results: unknown[] = [];
    const failures: StateError[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < batches.length) {
        const index = next++;
        const Item = { Index: index, Value: items[index] };
        const { variables, context, history } = scope;
        const inner = distributed
          ? { variables: {}, context, history: { events: 0 } } // Child executions see none of the variables.
          : { variables: Object.create(variables) as Record<string, unknown>, context: { ...context, Map: { Item } }, history };
        try {
          results[index] = await this.states(state.ItemProcessor!, batches[index], inner);
        } catch (error) {
          if (!(error instanceof StateError) || state.ToleratedFailurePercentage === undefined) {
            throw error;
          }
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(batches.length, state.MaxConcurrency || (distributed ? 1000 : 40)) }, worker));
    if (failures.length > batches.length * (state.ToleratedFailurePercentage ?? 0) / 100) {
      throw new StateError('States.ExceedToleratedFailureThreshold', failures[0].message);
    }
    return results;
  }

  private bindings({ variables, context }: Scope, states: Record<string, unknown>): Record<string, unknown> {
    const bindings = Object.create(variables) as Record<string, unknown>; // A variable hides no function: their names are taken.
    return Object.assign(bindings, this.functions, { states: { ...states, context } });
  }

  private count({ history }: Scope, events: number): void {
    history.events += events;
    if (history.events > LONGEST_HISTORY) {
      throw new StateError('States.Runtime', `The history has more than ${LONGEST_HISTORY} events`);
    }
  }
}

function assign(assignments: State['Assign'], bindings: Record<string, unknown>, { variables }: Scope): void {
  Object.assign(variables, assignments && evaluated(assignments, bindings));
}

/** AWS Step Functions makes no state machine of what it finds something in. */
function assertAccepted(definition: Definition): void {
  const findings = shadowedVariables(definition);
  if (findings.length > 0) {
    throw new Error(findings.join('; '));
  }
}

function assertSmall(what: string, payload: unknown): void {
  if (payload !== undefined && Buffer.byteLength(JSON.stringify(payload)) > LARGEST_PAYLOAD) {
    throw new StateError('States.DataLimitExceeded', `More than ${LARGEST_PAYLOAD} bytes at ${what}`);
  }
}
