import { CopiesWorld } from './copies-world';

/** How each snapshot ended: as one finished copy, or in the queue of failures with a reason. Whatever else it is, in words. */
export function outcomesOf(world: CopiesWorld, ids: readonly string[]): string[] {
  return ids.map((id) => {
    const copies = world.copiesOf(id).map(({ State }) => State);
    const told = world.failed.filter(({ snapshot, reason }) => snapshot.endsWith(`/${id}`) && reason);
    const state = world.stateOf(id);
    // Deleted before it was claimed by an execution that was stopped: the event of that is in the queue, with what was wanted.
    const stopped = world.executionsFailed.some(({ input }) => input.wanted?.snapshot.endsWith(`/${id}`));
    return state === 'COPIED' && copies.join() === 'completed' && told.length === 0 ? 'copied'
      : copies.length === 0 && (state === 'FAILED' && told.length > 0 || state === undefined && stopped && !world.ec2.source.has(id)) ? 'failed'
        : `${state} with the copies [${copies.join()}], told ${told.length} times`;
  });
}

/** Those ways to end, and nothing else. */
export function waysOf(world: CopiesWorld, ids: readonly string[]): string[] {
  return [...new Set(outcomesOf(world, ids))].sort();
}

/** Snapshots that were copied more than once, also where the surplus was deleted. */
export function begunTwice(calls: readonly string[]): string[] {
  return calls.filter((id, index) => calls.indexOf(id) !== index);
}
