import { Writable } from 'stream';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** What a stream says that nobody reads any more. */
const GONE = ['EPIPE', 'ERR_STREAM_DESTROYED'];

/** Text on a stream that may be slower than who writes it, or be closed before its end. */
export class Output {
  private closed = false;

  constructor(private readonly stream: Writable) {
    // A write tells of its failure itself; without a listener the failure would end the process.
    stream.on('error', () => undefined);
  }

  /** Whether nobody reads it any more. */
  public get isClosed(): boolean {
    return this.closed;
  }

  /** Writes a line, or several with line ends between them, and waits until the stream has taken them. */
  public async write(text: string): Promise<void> {
    const failure = this.closed ? undefined : await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => this.stream.write(`${text}\n`, resolve));
    if (failure) {
      this.closed = true;
      if (!GONE.includes(failure.code ?? '')) {
        throw new KmsPatternsError('UnwritableOutput', `the answers cannot be written (${failure.message}); write them to another place`);
      }
    }
  }
}
