/** @file A policy applied to the tape: where each replica stops, and the epoch whose weights it keeps. */
import type { Monitor, StoppingSettings } from '../engine/experiment.ts';
import type { Curve, Tape } from '../engine/tape.ts';
import { kerasRule, replayKeras, type ReplicaReplay } from './keras.ts';

const MONITORED = {
  'validation-loss': 'validationLoss',
  'training-loss': 'trainLoss',
  'validation-accuracy': 'validationAccuracy',
} as const satisfies Record<Monitor, Curve>;

/** What the rule watches, `[R, E]` as on the tape; throws if the tape does not have it. */
export function monitored(tape: Tape, monitor: Monitor): Float32Array {
  const curve = tape[MONITORED[monitor]];
  if (curve.length === 0) {
    throw new Error(`stopping.monitor: the tape has no ${monitor}, which only classification records; monitor a loss`);
  }
  return curve;
}

/** What replica r showed of it in the epochs recorded, as a view. */
export function history(tape: Tape, monitor: Monitor, replica: number): Float32Array {
  const from = replica * tape.shape.epochs;
  return monitored(tape, monitor).subarray(from, from + tape.length);
}

/** The rule replayed on every replica, as far as the tape goes. Diverged values are NaN or infinite to it, as to Keras. */
export function replay(tape: Tape, settings: StoppingSettings): ReplicaReplay[] {
  const rule = kerasRule(settings);
  return Array.from({ length: tape.shape.replicas }, (_, r) => replayKeras(history(tape, settings.monitor, r), rule));
}
