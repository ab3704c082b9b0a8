import { isDenied, patiently } from '../../../src/private/custom-resource/patience';

const NOW = [0, 0];

class Failing {
  public attempts = 0;

  constructor(private readonly name: string, private readonly times: number) {}

  public readonly call = async (): Promise<string> => {
    if (this.attempts++ < this.times) {
      throw Object.assign(new Error('It failed'), { name: this.name });
    }
    return 'done';
  };
}

const wait = (failing: Failing, seconds = NOW, signal = new AbortController().signal) => patiently(seconds, signal, failing.call);

test.each([
  'AccessDenied', 'AccessDeniedException', 'RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'TooManyUpdates', 'UnauthorizedOperation',
])('%s passes by itself, also where the SDK has given up', async (name) => {
  const failing = new Failing(name, 2);

  await expect(wait(failing)).resolves.toBe('done');
  expect(failing.attempts).toBe(3);
});

test('what does not pass is thrown at the end', async () => {
  const failing = new Failing('ThrottlingException', Infinity);

  await expect(wait(failing)).rejects.toThrow('It failed');
  expect(failing.attempts).toBe(3);
});

test('what does not pass by itself is thrown at once', async () => {
  const failing = new Failing('ValidationException', Infinity);

  await expect(wait(failing)).rejects.toThrow('It failed');
  expect(failing.attempts).toBe(1);
});

test('nothing is waited for longer than the function has', async () => {
  const deadline = new AbortController();
  const failing = new Failing('ThrottlingException', Infinity);
  const waiting = wait(failing, [3600], deadline.signal);
  deadline.abort();

  await expect(waiting).rejects.toThrow('The operation was aborted');
  expect(failing.attempts).toBe(1);
});

test.each([['AccessDenied', true], ['AccessDeniedException', true], ['UnauthorizedOperation', true], ['ThrottlingException', false]])(
  'whether %s is a denial: %s', (name, denied) => {
    expect(isDenied(Object.assign(new Error(), { name }))).toBe(denied);
  });
