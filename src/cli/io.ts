/** @file The streams of a command, given to it so that tests can bring their own. */
export interface Io {
  stdin: AsyncIterable<string | Uint8Array>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}
