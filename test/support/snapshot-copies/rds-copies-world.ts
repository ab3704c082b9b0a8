import { CopiesWorld, CopiesWorldOptions } from './copies-world';
import { RdsSnapshot, RdsStub } from './rds-stub';
import { Item } from '../state-machine/dynamo-expression';

/** Two Regions with Amazon RDS. */
export class RdsCopiesWorld extends CopiesWorld {
  public readonly rds: RdsStub;

  constructor(options: CopiesWorldOptions & { readonly quota?: number }) {
    super(options);
    this.rds = new RdsStub(this.clock, (detail) => this.deliver('ended', () => this.start(this.copying, { ended: detail })), options.limit, options.quota);
  }

  /** A snapshot that was made, with its event. */
  public make(name: string, given: Partial<RdsSnapshot> = {}): string {
    const arn = this.rds.create(name, given);
    this.tellMade(arn);
    return arn;
  }

  public tellMade(arn: string): void {
    const cluster = arn.includes(':cluster-snapshot:');
    this.deliver('created', () => this.start(this.selecting, {
      'source': 'aws.rds',
      'detail-type': `RDS DB ${cluster ? 'Cluster ' : ''}Snapshot Event`,
      'detail': { SourceIdentifier: arn.split('snapshot:').at(-1), EventID: cluster ? 'RDS-EVENT-0169' : 'RDS-EVENT-0091' },
    }));
  }

  public claimOf(arn: string): Item | undefined {
    return this.claims.items.get(JSON.stringify([{ S: arn }, undefined]));
  }

  public fateOf(arn: string): string | undefined {
    return this.claimOf(arn)?.state.S as string | undefined;
  }

  protected override answer(resource: string, call: string, args: any, inSource: boolean): unknown {
    return resource.includes(':aws-sdk:rds:') ? this.rds.answer(call, args, inSource) : super.answer(resource, call, args, inSource);
  }
}
