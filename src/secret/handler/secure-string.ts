import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { newValue } from './new-value';
import { ParameterState, STATE_TAGS } from './parameter-state';
import { ParameterStore } from './parameter-store';
import { RoleSession } from './role-session';
import { WantedParameter } from './wanted-parameter';
import { patiently } from '../../private/custom-resource/patience';
import { Refusal } from '../../private/custom-resource/refusal';

/** A request for a parameter. */
export interface ParameterRequest {
  readonly id: string;
  readonly stackId: string;
  /** Stands for the resource of a stack that parameters belong to. */
  readonly owner: string;
  /** The parameter that CloudFormation knows of, by its name. */
  readonly physicalId?: string;
  readonly wanted: WantedParameter;
  readonly old?: WantedParameter;
  readonly sessionName: string;
  readonly seconds: readonly number[];
  readonly signal: AbortSignal;
}

/** A SecureString parameter from its creation to its deletion. Every call may be the last before the request comes again. */
export class SecureString {
  private readonly wanted: WantedParameter;
  private readonly session: RoleSession;
  /** The role that wrote the parameter before has the permissions on the old name and the old key. */
  private readonly oldSession?: RoleSession;
  private readonly store: ParameterStore;

  constructor(private readonly request: ParameterRequest) {
    const { wanted, old, sessionName, signal } = request;
    this.wanted = wanted;
    this.session = new RoleSession(wanted.roleArn, sessionName, signal, wanted.region);
    this.oldSession = old && old.roleArn !== wanted.roleArn ? new RoleSession(old.roleArn, sessionName, signal, old.region) : undefined;
    this.store = this.storeOf(this.session);
  }

  /** Makes the parameter, or changes it into what is wanted. */
  public async put(): Promise<void> {
    this.assertOtherArn();
    const there = await this.store.version(this.wanted.name) !== undefined;
    if (there || !await this.made()) {
      await this.change();
    }
    await this.removeHalfMade();
  }

  /** Deletes the parameter, if it is the one of this request: a creation may have failed because somebody else has the name. */
  public async delete(parameter = this.wanted, store = this.store): Promise<void> {
    const { owner } = ParameterState.of(await store.tags(parameter.name));
    if (owner === this.request.owner || (owner === undefined && this.request.physicalId === parameter.name)) {
      await store.delete(parameter.name);
    }
  }

  /** Whether the parameter was made here. If not, it has come into being since it was looked for. */
  private async made(): Promise<boolean> {
    const value = await this.valueOfOldName() ?? await this.newValue();
    const { source, setting } = this.wanted;
    try {
      await this.store.create(this.wanted, value, ParameterState.made(this.request.owner, source, setting, this.request.id).tags);
      return true;
    } catch (error) {
      if ((error as Error).name === 'ParameterAlreadyExists') {
        return false;
      }
      throw error;
    }
  }

  private async change(): Promise<void> {
    const { name, source, setting, tags } = this.wanted;
    const version = await this.store.version(name);
    if (version === undefined) {
      throw new Refusal('it is being made and deleted by somebody else at the same time; deploy again');
    }
    const found = await this.store.tags(name);
    let state = this.stateOf(found);
    this.assertOwn(state.owner);
    if (state.did(this.request.id)) {
      return;
    }
    const value = await this.valueFor(state, version);
    if (value !== undefined) {
      // What is current now must be known should this request not end.
      state = state.begun(version);
      await this.store.changeTags(name, state.tags, []);
      await this.overwrite(value);
    }
    const obsolete = Object.keys(this.request.old?.tags ?? {}).filter((key) => key in found && !(key in tags) && !STATE_TAGS.includes(key));
    await this.store.changeTags(name, { ...tags, ...state.done(this.request.owner, source, setting, this.request.id).tags }, obsolete);
  }

  private stateOf(tags: Record<string, string>): ParameterState {
    const state = ParameterState.of(tags);
    const { old } = this.request;
    return old?.name === this.wanted.name ? state.orElse(old.source, old.setting) : state;
  }

  /** The value to write, or nothing where the parameter is as it is wanted. */
  private async valueFor(state: ParameterState, version: number): Promise<string | undefined> {
    const { name, source, setting } = this.wanted;
    const others = this.oldSession ? [this.oldSession] : [];
    const halfDone = state.before !== undefined && state.before !== version;
    if (state.source === source) {
      return halfDone || state.setting !== setting
        ? await this.store.value(name, halfDone ? state.before : undefined, others) ?? await this.newValue() : undefined;
    }
    const left = state.versionOf(source);
    const restored = left !== undefined && await this.rollingBack() ? await this.store.value(name, left, others) : undefined;
    return restored ?? await this.newValue();
  }

  /** A parameter that gets another name takes its value along. */
  private async valueOfOldName(): Promise<string | undefined> {
    const { old } = this.request;
    return old && old.name !== this.wanted.name && old.source === this.wanted.source
      ? this.storeOf(this.oldSession ?? this.session).value(old.name, undefined, []) : undefined;
  }

  private async newValue(): Promise<string> {
    return newValue(this.wanted, this.session, this.request.seconds, this.request.signal);
  }

  private async overwrite(value: string): Promise<void> {
    try {
      await this.store.overwrite(this.wanted, value);
    } catch (error) {
      if (!/downgrade a parameter from the advanced-parameter tier/i.test((error as Error).message)) {
        throw error;
      }
      if (!await this.rollingBack()) {
        throw new Refusal('Parameter Store makes no standard parameter of an advanced one; leave tier: ParameterTier.ADVANCED, or give another parameterName');
      }
      // It stays advanced: the rollback must succeed, with the old value.
      await this.store.overwrite(this.wanted, value, 'Advanced');
    }
  }

  /** A rollback brings the value back that was there before. Other updates that name an earlier source want a value of today. */
  private async rollingBack(): Promise<boolean> {
    const { Stacks = [] } = await patiently(this.request.seconds, this.request.signal, () => this.session.cloudFormation.send(
      new DescribeStacksCommand({ StackName: this.request.stackId }), { abortSignal: this.request.signal },
    ));
    return Stacks.some(({ StackStatus }) => StackStatus?.includes('ROLLBACK'));
  }

  /** An update to another name that failed is unknown to CloudFormation: nobody else deletes what it made. */
  private async removeHalfMade(): Promise<void> {
    const { old, physicalId } = this.request;
    if (old && old.arn !== this.wanted.arn && physicalId === this.wanted.name) {
      await this.delete(old, this.storeOf(this.oldSession ?? this.session));
    }
  }

  /** Names with and without a slash before them share an ARN, and perhaps the parameter: what deletes the old one would delete the new one. */
  private assertOtherArn(): void {
    const { old, physicalId } = this.request;
    if (old && old.name !== this.wanted.name && old.arn === this.wanted.arn && physicalId !== this.wanted.name) {
      throw new Refusal(`the names ${old.name} and ${this.wanted.name} share an ARN; give a parameterName that differs by more than the slash`);
    }
  }

  private assertOwn(owner: string | undefined): void {
    const { owner: own, physicalId } = this.request;
    if (owner !== own && (owner !== undefined || physicalId !== this.wanted.name)) {
      throw new Refusal('a parameter of this name exists, and belongs to no stack or to another resource; give another parameterName, or delete that one');
    }
  }

  private storeOf(session: RoleSession): ParameterStore {
    return new ParameterStore(session, this.request.seconds, this.request.signal);
  }
}
