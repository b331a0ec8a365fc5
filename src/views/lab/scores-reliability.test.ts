/** @file The reliability diagram's bins. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../engine/random.ts';
import { calibrationError, emptyTally, reliability } from '../../engine/record/scores.ts';
import { Tape } from '../../engine/record/tape.ts';
import { leastConfidence, pool } from './scores-reliability.ts';

const R = 5;
const D = 40;
/** Replica 2 diverges at epoch 1. */
function tapeOf(outputs: number): Tape {
  const tape = new Tape({ replicas: R, epochs: 3, points: D, outputs, classification: true });
  const numbers = stream(3, 'train', 0, 0);
  for (let i = 0; i < tape.predictions.length; i += outputs) {
    const p = Array.from({ length: outputs }, () => numbers.uniform());
    const sum = outputs === 1 ? 1 : p.reduce((a, b) => a + b);
    tape.predictions.set(
      p.map((value) => value / sum),
      i,
    );
  }
  tape.length = 3;
  tape.divergedAt[2] = 1;
  return tape;
}

function run<T>(work: Generator<void, T>): { result: T; yields: number } {
  for (let yields = 0; ; yields++) {
    const step = work.next();
    if (step.done) return { result: step.value, yields };
  }
}

describe('pooling', () => {
  it('counts each sound replica at its own epoch: bin by bin as written out by hand', () => {
    const tape = tapeOf(1);
    const target = Float64Array.from({ length: D }, (_, i) => (i % 3) / 2);
    const epochs = [0, 2, 1, -1, 1];
    const { result, yields } = run(pool(tape, epochs, target));
    expect(result.replicas).toBe(3);
    expect(yields).toBe(3);

    const seen: { confidence: number; right: number }[] = [];
    for (const [r, epoch] of [
      [0, 0],
      [1, 2],
      [4, 1],
    ] as const) {
      tape.prediction(r, epoch).forEach((p, d) => {
        const q = target[d]!;
        seen.push(p > 0.5 ? { confidence: p, right: q } : { confidence: 1 - p, right: 1 - q });
      });
    }
    let gaps = 0;
    for (const { from, to, points, confidence, accuracy } of reliability(result.tally)) {
      const inside = seen.filter((one) => one.confidence > from && one.confidence <= to);
      expect(points).toBe(inside.length);
      if (inside.length === 0) continue;
      const sum = (of: 'confidence' | 'right') => inside.reduce((total, one) => total + one[of], 0);
      expect(confidence).toBeCloseTo(sum('confidence') / inside.length, 12);
      expect(accuracy).toBeCloseTo(sum('right') / inside.length, 12);
      gaps += Math.abs(sum('right') - sum('confidence'));
    }
    expect(calibrationError(result.tally)).toBeCloseTo(gaps / seen.length, 12);
  });

  it('is empty where every replica is left out', () => {
    const { result } = run(pool(tapeOf(1), [-1, -1, 2, -1, -1], new Float64Array(D)));
    expect(result).toMatchObject({ replicas: 0, tally: { points: 0 } });
  });

  it.each([
    [1, 7],
    [2, 7],
    [3, 4],
    [10, 1],
  ])('with %d outputs no confidence falls below bin %d', (outputs, bin) => {
    expect(leastConfidence(emptyTally(outputs))).toBeCloseTo(bin / 15, 12);
    const epochs = new Int32Array(R);
    const target = new Float64Array(D * outputs).fill(1 / Math.max(2, outputs));
    const { tally } = run(pool(tapeOf(outputs), epochs, target)).result;
    for (const { from, points } of reliability(tally)) if (from < leastConfidence(tally) - 1e-9) expect(points).toBe(0);
  });
});
