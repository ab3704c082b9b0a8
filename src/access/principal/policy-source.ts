import { PolicyStatement, readPolicy, StatementRef } from '../policy/policy-statement';
import { TemplateValues } from '../template/template-values';

/** A policy document of a template, read once when somebody asks, however many it is attached to. */
export class PolicySource {
  private read?: readonly PolicyStatement[];
  private unsure?: PolicySource;

  constructor(
    private readonly document: unknown,
    private readonly values: TemplateValues,
    private readonly place: Omit<StatementRef, 'index' | 'sid'>,
    /** Whether it is attached in every case. */
    private readonly sure: boolean,
  ) {}

  public get statements(): readonly PolicyStatement[] {
    this.read ??= readPolicy(this.document, this.values, this.place, this.sure);
    return this.read;
  }

  /** The same where it is not sure that it is attached. */
  public attached(sure: boolean): PolicySource {
    if (sure || !this.sure) {
      return this;
    }
    this.unsure ??= new PolicySource(this.document, this.values, this.place, false);
    return this.unsure;
  }
}
