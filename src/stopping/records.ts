/** @file What rules are replayed on: the recorded curves of each replica, be it from a tape or from elsewhere. */
import { MONITORS, type Monitor } from '../engine/experiment.ts';
import type { Tape } from '../engine/tape.ts';
import { monitorsOf } from './monitors.ts';
import { monitored } from './replay.ts';

/** Curves of one replica, all as long as `epochs`; null or absent where something was not recorded. */
export interface ReplicaRecord {
  epochs: number;
  /** What rules may watch. */
  curves: Readonly<Partial<Record<Monitor, ArrayLike<number | null>>>>;
  testLoss: ArrayLike<number | null> | null;
  /** What a stop is judged by: the error of the weights of each epoch, NaN where they are worth nothing. */
  error: ArrayLike<number> | null;
}

/** The replicas of a tape as far as it is recorded, as views; a diverged replica has no error from there on. */
export function recordsOf(tape: Tape): ReplicaRecord[] {
  const { replicas, epochs } = tape.shape;
  const curves = monitorsOf(tape.shape).map((monitor) => [monitor, monitored(tape, monitor)] as const);
  return Array.from({ length: replicas }, (_, r) => {
    const of = (curve: Float32Array) => curve.subarray(r * epochs, r * epochs + tape.length);
    const error = tape.divergedAt[r] === -1 ? of(tape.error) : of(tape.error).slice().fill(NaN, tape.divergedAt[r]);
    return {
      epochs: tape.length,
      curves: Object.fromEntries(curves.map(([monitor, curve]) => [monitor, of(curve)])),
      testLoss: of(tape.testLoss),
      error,
    };
  });
}

/** What is to be watched; throws if the replica has not recorded it. */
export function curveOf({ curves }: ReplicaRecord, monitor: Monitor, replica: number): ArrayLike<number | null> {
  const curve = curves[monitor];
  if (curve) return curve;
  const known = MONITORS.filter((metric) => curves[metric]);
  const remedy = known.length === 0 ? 'record it' : `use ${known.join(' or ')}`;
  throw new Error(`monitor: replica ${replica + 1} has no ${monitor}; ${remedy}`);
}
