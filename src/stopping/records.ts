/** @file The recorded curves of each replica that rules are replayed on, from a tape or from elsewhere. */
import { MONITORS } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { measuresOf, watched } from './monitors.ts';
import { METERS, type Measure } from './rule.ts';

/** Curves of one replica, all as long as `epochs`; null or absent where something was not recorded. */
export interface ReplicaRecord {
  epochs: number;
  /** What rules may look at; read it by `curveOf`. */
  curves: Readonly<Partial<Record<Measure, ArrayLike<number | null>>>>;
  testLoss: ArrayLike<number | null> | null;
  /** What a stop is judged by: the error of the weights of each epoch, NaN where they are worth nothing. */
  error: ArrayLike<number> | null;
}

/**
 * The replicas of a tape as far as it is recorded, as views, with these of their measures as far as the tape has them; a
 * diverged replica has no error from there on.
 */
export function recordsOf(tape: Tape, measures: Iterable<Measure> = recordedOn(tape)): ReplicaRecord[] {
  const { replicas, epochs } = tape.shape;
  const curves = [...measures].flatMap((measure) => {
    const curve = watched(tape, measure);
    return curve?.length ? [[measure, curve] as const] : [];
  });
  return Array.from({ length: replicas }, (_, r) => {
    const of = (curve: Float32Array) => curve.subarray(r * epochs, r * epochs + tape.length);
    const error = tape.divergedAt[r] === -1 ? of(tape.error) : of(tape.error).slice().fill(NaN, tape.divergedAt[r]);
    return {
      epochs: tape.length,
      curves: Object.fromEntries(curves.map(([measure, curve]) => [measure, of(curve)])),
      testLoss: of(tape.testLoss),
      error,
    };
  });
}

/** What stops of a replica are judged by; throws if it has recorded none. */
export function errorOf({ error }: ReplicaRecord, replica: number): ArrayLike<number> {
  if (!error) throw new Error(`error: replica ${replica + 1} has no test error; record it to judge stops by it`);
  return error;
}

/** What a tape has recorded of every replica. */
export const recordedOn = (tape: Tape): Measure[] =>
  measuresOf({ classification: tape.shape.classification, gradients: hasGradients(tape) });

/** Whether gradients were measured: of a replica that was ever sound; if there is none, nobody can tell. */
function hasGradients({ gradientEvidence, divergedAt, shape, length }: Tape): boolean {
  const sound = divergedAt.findIndex((epoch) => epoch !== 0);
  const from = sound * shape.epochs;
  return sound === -1 || gradientEvidence.subarray(from, from + length).some((value) => !Number.isNaN(value));
}

/** What a record has. */
export const recordedIn = ({ curves }: ReplicaRecord): Measure[] =>
  [...MONITORS, ...METERS].filter((measure) => curves[measure]);

/** What is to be looked at; throws if the replica has not recorded it. */
export function curveOf(record: ReplicaRecord, measure: Measure, replica: number): ArrayLike<number | null> {
  const curve = record.curves[measure];
  if (!curve) throw new Error(lacks(record, measure, replica));
  return curve;
}

function lacks(record: ReplicaRecord, measure: Measure, replica: number): string {
  if ((METERS as readonly Measure[]).includes(measure))
    return `unit: replica ${replica + 1} has not recorded its ${measure}; count epochs`;
  const known = recordedIn(record).filter((other) => (MONITORS as readonly Measure[]).includes(other));
  const remedy = known.length === 0 ? 'record it' : `use ${known.join(' or ')}`;
  return `monitor: replica ${replica + 1} has no ${measure}; ${remedy}`;
}
