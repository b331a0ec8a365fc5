/** @file What the tensor operations need to know about the backend that they run on. */
import type { BackendName } from '../trainer.ts';

export interface OpsDevice {
  readonly name: BackendName;
  /** Name of the adapter or instruction set. */
  readonly adapter: string;
  /** Whether a processor plays the graphics device. */
  readonly software: boolean;
  /** Inner dimensions must be multiples of this for replicas to be isolated. */
  readonly multiple: number;
  /** Numbers a layer may hold in one part of an evaluation: bounds memory, and how long the thread hears nothing. */
  readonly evaluated: number;
  /** Awaited after every step: bounds the work that waits on the device. */
  throttle(): Promise<void>;
  /** Resolves, with what to tell the reader, if the device is lost; never where that cannot happen. */
  readonly lost: Promise<string>;
}
