/** Time that passes only when everything waits: days in milliseconds, the same in each run. */
export class VirtualClock {
  private time: number;
  private readonly timers = new Map<number, (() => void)[]>();
  private readonly times: number[] = [];

  constructor(start = Date.parse('2026-01-01T00:00:00Z')) {
    this.time = start;
  }

  public get now(): number {
    return this.time;
  }

  public sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.at(this.time + milliseconds, resolve));
  }

  public at(time: number, act: () => void): void {
    const rounded = Math.max(this.time, Math.ceil(time));
    const acts = this.timers.get(rounded);
    if (acts) {
      acts.push(act);
      return;
    }
    this.timers.set(rounded, [act]);
    this.push(rounded);
  }

  /** Lets time pass until nothing waits any longer, or until then. */
  public async run(until = Infinity): Promise<void> {
    await settled();
    while (this.times.length > 0 && this.times[0] <= until) {
      this.time = this.pop();
      const acts = this.timers.get(this.time)!;
      this.timers.delete(this.time);
      acts.forEach((act) => act());
      await settled();
    }
    if (until !== Infinity) {
      this.time = Math.max(this.time, until);
    }
  }

  // A binary heap: the simulation has a hundred thousand timers at once.
  private push(time: number): void {
    const { times } = this;
    let at = times.push(time) - 1;
    while (at > 0 && times[parentOf(at)] > time) {
      times[at] = times[parentOf(at)];
      at = parentOf(at);
    }
    times[at] = time;
  }

  private pop(): number {
    const { times } = this;
    const [first] = times;
    const last = times.pop()!;
    if (times.length === 0) {
      return first;
    }
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const least = left + 1 < times.length && times[left + 1] < times[left] ? left + 1 : left;
      if (least >= times.length || times[least] >= last) {
        break;
      }
      times[at] = times[least];
      at = least;
    }
    times[at] = last;
    return first;
  }
}

/** All promises that can go on have gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function parentOf(at: number): number {
  return Math.floor((at - 1) / 2);
}
