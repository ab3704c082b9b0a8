import { SnapshotsStub } from '../support/snapshot-copies/snapshots-stub';
import { VirtualClock } from '../support/state-machine/virtual-clock';

/** A bucket of tokens, as Amazon EC2 and AWS Step Functions throttle with. */
export class TokenBucket {
  private tokens: number;
  private at: number;

  constructor(private readonly clock: VirtualClock, private readonly capacity: number, private readonly perSecond: number) {
    this.tokens = capacity;
    this.at = clock.now;
  }

  public take(): boolean {
    this.tokens = Math.min(this.capacity, this.tokens + (this.clock.now - this.at) / 1000 * this.perSecond);
    this.at = this.clock.now;
    const taken = this.tokens >= 1;
    this.tokens -= Number(taken);
    return taken;
  }
}

/** How many of the slots copy, from the first minute until fewer snapshots are left than there are slots. */
export class Slots {
  private busy = 0;
  private total = 0;
  private at: number;

  constructor(private readonly clock: VirtualClock, private readonly ec2: SnapshotsStub, private readonly left: () => number) {
    this.at = clock.now;
    this.sample();
  }

  public get share(): number {
    return this.busy / this.total;
  }

  /** Each ten seconds. */
  private sample(): void {
    this.clock.at(this.at += 10_000, () => {
      if (this.left() < this.ec2.limit) {
        return;
      }
      this.busy += this.ec2.inProgress;
      this.total += this.ec2.limit;
      this.sample();
    });
  }
}
