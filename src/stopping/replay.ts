/** @file A policy applied to the tape: where each replica stops, and the epoch whose weights it keeps. */
import type { Monitor, StoppingSettings } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { kerasRule, replayKeras, type ReplicaReplay } from './keras.ts';
import { watched } from './monitors.ts';

/** What the rule watches, `[R, E]` as on the tape; throws if the tape does not have it. */
export function monitored(tape: Tape, monitor: Monitor): Float32Array {
  const curve = watched(tape, monitor);
  if (!curve?.length) {
    throw new Error(`stopping.monitor: the tape has no ${monitor}, which only classification records; monitor a loss`);
  }
  return curve;
}

/** What replica r showed of it in the epochs recorded, as a view. */
export function history(tape: Tape, monitor: Monitor, replica: number): Float32Array {
  return part(tape, monitored(tape, monitor), replica);
}

function part({ shape, length }: Tape, curve: Float32Array, replica: number): Float32Array {
  return curve.subarray(replica * shape.epochs, replica * shape.epochs + length);
}

/** The rule replayed on every replica, as far as the tape goes. Diverged values are NaN or infinite to it, as to Keras. */
export function replay(tape: Tape, settings: StoppingSettings): ReplicaReplay[] {
  const rule = kerasRule(settings);
  const curve = monitored(tape, settings.monitor);
  return Array.from({ length: tape.shape.replicas }, (_, r) => replayKeras(part(tape, curve, r), rule));
}
