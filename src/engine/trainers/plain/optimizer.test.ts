/** @file The optimizers against twenty steps of PyTorch and Keras, and limits against updates worked out by hand. */
import { describe, expect, it } from 'vitest';
import fixture from '../../fixtures/optimizers.json' with { type: 'json' };
import { DEFAULT_EXPERIMENT } from '../../experiment/experiment.ts';
import { OPTIMIZERS, type OptimizerName, type OptimizerSettings } from '../../training/optimizers.ts';
import { jobOf } from '../trainer.testing.ts';
import { clip, decay, decoupledDecay, emptySlots, limitNorms, update } from './optimizer.ts';

const cases: Readonly<Record<string, { by: string; settings: Record<string, number>; path: number[][] }>> =
  fixture.cases;

describe.each(Object.keys(OPTIMIZERS) as OptimizerName[])('%s', (name) => {
  const { by, settings, path } = cases[name]!;

  it(`takes twenty steps as ${by}`, () => {
    const optimizer = { name, ...settings } as OptimizerSettings;
    const training = { ...DEFAULT_EXPERIMENT.training, optimizer };
    const w = Float64Array.from(fixture.start);
    const slots = emptySlots(optimizer, w.length);
    // All four stand for weights of one layer without biases.
    const layout = { layers: [{ weights: 0, biases: 4 }] } as Parameters<typeof decay>[0];
    fixture.gradients.forEach((gradient, t) => {
      const rate = optimizer.learningRate;
      decay(layout, w, rate * decoupledDecay(training));
      update(optimizer, rate, w, Float64Array.from(gradient), slots, t + 1);
      // Both in float64; √ and ÷ in another order.
      path[t]!.forEach((expected, i) => expect(w[i]).toBeCloseTo(expected, 11));
    });
  });
});

it('momentum: v = μv − ηg', () => {
  const settings: OptimizerSettings = { name: 'momentum', learningRate: 0.1, momentum: 0.9 };
  const w = Float64Array.of(1);
  const slots = emptySlots(settings, 1);
  // v: −0.2, −0.18 + 0.1 = −0.08, −0.072.
  [2, -1, 0].forEach((g, i) => {
    update(settings, 0.1, w, Float64Array.of(g), slots, i + 1);
    expect(w[0]).toBeCloseTo([0.8, 0.72, 0.648][i]!, 14);
  });
});

it('clips by value first, then by norm', () => {
  const training = { ...DEFAULT_EXPERIMENT.training, clipValue: 3, clipNorm: 2.5 };
  const g = Float64Array.of(9, -4);
  clip(g, training);
  // (3, −3) has length 3√2.
  expect(g[0]).toBeCloseTo(2.5 / Math.SQRT2, 14);
  expect(g[1]).toBeCloseTo(-2.5 / Math.SQRT2, 14);
  const short = Float64Array.of(1, 2);
  clip(short, training);
  expect(Array.from(short)).toEqual([1, 2]);
});

it('shortens the incoming weights of each unit that are too long, and no bias', () => {
  const { layout } = jobOf({ features: 2, model: { hidden: [2] } });
  // Weights [2, 2], row by row: unit 0 has (3, 4), unit 1 (0.3, 0.4); then biases, and the last layer.
  const w = Float64Array.of(3, 0.3, 4, 0.4, 9, 9, 0.1, 0.2, 9);
  limitNorms(layout, w, 1);
  const expected = [0.6, 0.3, 0.8, 0.4, 9, 9, 0.1, 0.2, 9];
  expected.forEach((value, i) => expect(w[i]).toBeCloseTo(value, 14));
  decay(layout, w, 0.5);
  expect(w[4]).toBe(9);
  expect(w[0]).toBeCloseTo(0.3, 14);
});
