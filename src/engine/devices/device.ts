/** @file A device that can train, and the trainers that run on it. */
import type { Job, Trainer } from '../trainers/trainer.ts';

/** `fused`: whole epochs in a kernel of our own; `operations`: step by step through TensorFlow.js. */
export type TrainerKind = 'fused' | 'operations';

/** Opens trainers of one kind on one device. */
export interface TrainerFactory {
  readonly kind: TrainerKind;
  /** Why it cannot train this job, naming the setting; null if it can. */
  refusal(job: Job): string | null;
  /** A trainer at the experiment's start. */
  create(job: Job): Promise<Trainer>;
}

export interface Device {
  /** Name of the adapter or instruction set, e.g. `SwiftShader (software)`. */
  readonly adapter: string;
  /** Whether a processor plays the graphics device. */
  readonly software: boolean;
  /** Resolves, with what to tell the reader, if the device is lost; never where that cannot happen. */
  readonly lost: Promise<string>;
  /** Best first. */
  readonly factories: readonly TrainerFactory[];
}

/** `lost` of a device that cannot be lost. */
export const NEVER: Promise<never> = new Promise(() => {});
