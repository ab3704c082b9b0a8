import { Writable } from 'node:stream';
import { Output } from '../../src/cli/output';
import { KmsPatternsError } from '../../src/private/kms-patterns-error';

function failing(code: string): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })) });
}

test('waits for a reader that is slow, and listens to it once', async () => {
  let waiting = 0;
  let most = 0;
  const slow = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => {
      most = Math.max(most, ++waiting);
      setImmediate(() => {
        waiting--;
        done();
      });
    },
  });
  const output = new Output(slow);
  for (let i = 0; i < 30; i++) {
    await output.write('x'.repeat(100));
    expect(slow.writableLength).toBe(0);
  }
  expect({ most, listeners: slow.listenerCount('error') + slow.listenerCount('drain') + slow.listenerCount('close') }).toEqual({ most: 1, listeners: 1 });
});

test('writes no more once nobody reads', async () => {
  const output = new Output(failing('EPIPE'));
  await output.write('a');
  await output.write('b');
  expect(output.isClosed).toBe(true);
});

test('fails where what it writes gets lost', async () => {
  const full = failing('ENOSPC');
  const output = new Output(full);
  await expect(output.write('a')).rejects.toThrow(new KmsPatternsError('UnwritableOutput', 'the answers cannot be written (write ENOSPC); write them to another place'));
});
