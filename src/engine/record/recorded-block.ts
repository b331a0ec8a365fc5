/**
 * @file The recorded part of a tape as one block, given back to the engine when a run continues or its rule is asked
 * again.
 */
import { curvesOf, type Block, type Tape } from './tape.ts';

/** All epochs of a tape as one block, without the predictions; null where there are none. */
export function pastOf(tape: Tape): Block | null {
  const { shape, length: count, elapsedMs, measuringMs } = tape;
  if (count === 0) return null;
  const { replicas: R, epochs: E } = shape;
  const rows = (column: Float32Array) =>
    Float32Array.from({ length: count * R }, (_, i) => column[(i % R) * E + Math.floor(i / R)]!);
  const curves = Object.fromEntries(curvesOf(shape).map((name) => [name, rows(tape[name])]));
  return { first: 0, count, curves, predictions: new Float32Array(0), elapsedMs, measuringMs };
}
