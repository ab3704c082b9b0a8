import { once } from 'events';
import { Writable } from 'stream';

/** Characters that are written at once. */
const CHUNK = 65_536;

/** Lines on a stream that may be slower than who writes them, or be closed before they end. */
export class Output {
  private waiting = '';
  private closed = false;
  private failure?: Error;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.closed = true;
      this.failure = error.code === 'EPIPE' ? undefined : error;
    });
  }

  /** Whether nobody reads it any more. */
  public get isClosed(): boolean {
    return this.closed;
  }

  public async line(text: string): Promise<void> {
    this.waiting += `${text}\n`;
    if (this.waiting.length >= CHUNK) {
      await this.flush();
    }
  }

  /** Writes what is left, and throws what went wrong with it. */
  public async flush(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    if (text !== '' && !this.closed && !this.stream.write(text)) {
      await Promise.race([once(this.stream, 'drain'), once(this.stream, 'close')]).catch(() => undefined);
    }
    if (this.failure) {
      throw this.failure;
    }
  }
}
