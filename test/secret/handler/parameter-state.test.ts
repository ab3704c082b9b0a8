import fc from 'fast-check';
import { ParameterState, STATE_TAGS } from '../../../src/secret/handler/parameter-state';

const made = ParameterState.made('owner', 'a', 'plain', 'r1');

test('is in three tags', () => {
  expect(Object.keys(made.tags)).toEqual([...STATE_TAGS]);
});

test('is read from what was written', () => {
  const state = made.begun(3);

  expect(ParameterState.of(state.tags)).toEqual(state);
});

test('of no tags is that of a parameter of nobody', () => {
  const state = ParameterState.of({ team: 'billing' });

  expect([state.owner, state.source, state.before, state.did('r1')]).toEqual([undefined, '-', undefined, false]);
  expect(ParameterState.of(state.begun(4).tags).before).toBe(4);
});

test('knows the requests that it did', () => {
  const state = ParameterState.of(made.begun(1).done('owner', 'b', 'plain', 'r2').tags);

  expect(['r1', 'r2', 'r3'].map((request) => state.did(request))).toEqual([true, true, false]);
});

test('remembers the version to go back to, until it is there again', () => {
  const changed = made.begun(7).done('owner', 'b', 'plain', 'r2');
  expect(changed.versionOf('a')).toBe(7);
  expect(changed.before).toBeUndefined();

  const back = changed.begun(8).done('owner', 'a', 'plain', 'r3');
  expect(back.versionOf('a')).toBeUndefined();
  expect(back.versionOf('b')).toBe(8);
});

test('a change that begins again still goes back to where the first began', () => {
  expect(made.begun(1).begun(2).before).toBe(1);
});

test('a change that began has not ended before it is said', () => {
  expect(made.begun(5).before).toBe(5);
  expect(made.begun(5).done('owner', 'a', 'other', 'r2').before).toBeUndefined();
});

test('fits into tags, however much there is to remember', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), (changes) => {
    let state = ParameterState.made('o'.repeat(11), 's'.repeat(11), 't'.repeat(11), 'r'.repeat(11));
    for (let change = 0; change < changes; change++) {
      const name = `${change}`.padStart(11, 'x');
      state = ParameterState.of(state.begun(10_000_000 + change).done('o'.repeat(11), name, 't'.repeat(11), name).tags);
    }
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html
    expect(Object.values(state.tags).filter((value) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value))).toEqual([]);
    expect(state.did(`${changes - 1}`.padStart(11, 'x'))).toBe(true);
  }), { numRuns: 20 });
});

test.each(['', 'a', 'a b c', 'a b c=', 'a b c=1.5', 'a  b'])('of a tag that somebody wrote over is not known: \'%s\'', (text) => {
  const { source, setting, before } = ParameterState.of({ ...made.tags, [STATE_TAGS[1]]: text });

  expect([source, setting, before]).toEqual(['-', '-', undefined]);
});

test('is what CloudFormation knows where there are no tags, and only there', () => {
  expect(ParameterState.of({}).orElse('a', 'plain')).toMatchObject({ owner: undefined, source: 'a', setting: 'plain' });
  expect(made.orElse('b', 'other')).toBe(made);
});
