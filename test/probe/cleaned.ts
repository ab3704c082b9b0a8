import { Surroundings } from './surroundings';
import { Sweep } from './sweep';

const MINUTE = 60_000;
const PAUSE = 20_000;

/**
 * Deletes until nothing is found twice, for lists are consistent later only, and says what it could not.
 *
 * It goes on when the probe was stopped: that is what it is for.
 */
export async function cleaned(clean: (sweep: Sweep) => Promise<void>, minutes: number, { now, sleep }: Surroundings): Promise<string[]> {
  const until = now() + minutes * MINUTE;
  let nothing = 0;
  for (;;) {
    const sweep = new Sweep();
    await clean(sweep);
    nothing = sweep.found.length === 0 ? nothing + 1 : 0;
    if (nothing === 2) {
      return [];
    }
    if (now() >= until) {
      return sweep.found;
    }
    await sleep(PAUSE);
  }
}
