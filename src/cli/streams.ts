import { Readable, Writable } from 'stream';
import { Output } from './output';

/** Where the tool reads and writes. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** The same for a command, which has no need of errors: it throws them. */
export interface CommandStreams {
  readonly stdin: Readable;
  readonly output: Output;
}
