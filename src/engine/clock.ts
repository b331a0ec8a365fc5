/** @file The clock is an argument of the engine: its interface, and a time limit for promises. */

export interface Clock {
  /** Milliseconds from any fixed moment. */
  now(): number;
  /** Resolves after some milliseconds. */
  after(ms: number): Promise<void>;
}

/** The promise's value, or an error with this message when it takes longer than `ms`. */
export function within<T>(clock: Clock, ms: number, promise: Promise<T>, message: string): Promise<T> {
  const late = clock.after(ms).then((): never => {
    throw new Error(message);
  });
  return Promise.race([promise, late]);
}
