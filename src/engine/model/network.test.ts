/** @file The layout, the initial weights and the plain forward pass. */
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, type Experiment } from '../experiment/experiment.ts';
import { forward, initialWeights, layoutOf } from './network.ts';

const withModel = (model: Partial<Experiment['model']>): Experiment => ({
  ...DEFAULT_EXPERIMENT,
  model: { ...DEFAULT_EXPERIMENT.model, ...model },
});

it('counts the parameters of the default network', () => {
  // 1·24 + 24 + 24·24 + 24 + 24·1 + 1
  expect(layoutOf(DEFAULT_EXPERIMENT, 1, 1).parameters).toBe(673);
});

it('computes a network worked out by hand', () => {
  const experiment = withModel({ hidden: [2], activation: 'relu' });
  const layout = layoutOf(experiment, 2, 1);
  // W₁ = [[1, −1], [2, 0]], b₁ = [0.5, 1]; W₂ = [3, −2], b₂ = 0.25.
  const weights = [1, -1, 2, 0, 0.5, 1, 3, -2, 0.25];
  // (1, 1): z = (3.5, 0) → 10.75; (−1, 0): z = (−0.5, 2) → −3.75.
  expect(Array.from(forward(layout, weights, [1, 1, -1, 0], 2))).toEqual([10.75, -3.75]);
});

it('is linear without hidden layers', () => {
  const layout = layoutOf(withModel({ hidden: [] }), 2, 2);
  expect(layout.layers.map((layer) => layer.activation)).toEqual(['linear']);
  expect(Array.from(forward(layout, [1, 2, 3, 4, 5, 6], [10, 100], 1))).toEqual([315, 426]);
});

it('draws Glorot uniform weights, He uniform before ReLU, and zero biases', () => {
  for (const [activation, limit] of [
    ['tanh', Math.sqrt(6 / 128)],
    ['relu', Math.sqrt(6 / 64)],
  ] as const) {
    const experiment = withModel({ hidden: [64, 64], activation });
    const layout = layoutOf(experiment, 1, 1);
    const { weights, biases } = layout.layers[1]!;
    const drawn = initialWeights(layout, experiment, 3).subarray(weights, biases);
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit));
    // 4096 uniforms: the variance limit²/3 is met within 5 of its standard errors, √(0.8/4096) of it.
    const variance = drawn.reduce((sum, w) => sum + w * w, 0) / drawn.length;
    expect(Math.abs(variance / (limit ** 2 / 3) - 1)).toBeLessThan(0.07);
    expect(initialWeights(layout, experiment, 3).subarray(biases, biases + 64)).toEqual(new Float32Array(64));
  }
});

it('gives normalised hidden layers gains of one and shifts of zero, and leaves the rest as it is without', () => {
  const model = { hidden: [5, 4], initialScale: 0.5 };
  const [plain, normalised] = [withModel(model), withModel({ ...model, layerNorm: true })];
  const [without, layout] = [layoutOf(plain, 2, 3), layoutOf(normalised, 2, 3)];
  expect(layout.layers.map(({ gains }) => gains)).toEqual([15, 15 + 10 + 24, null]);
  expect(layout.parameters).toBe(without.parameters + 2 * 5 + 2 * 4);
  const [start, expected] = [initialWeights(layout, normalised, 3), initialWeights(without, plain, 3)];
  layout.layers.forEach(({ inputs, outputs, weights, gains }, l) => {
    const own = (inputs + 1) * outputs;
    const from = without.layers[l]!.weights;
    expect(start.subarray(weights, weights + own)).toEqual(expected.subarray(from, from + own));
    if (gains === null) return;
    expect(start.subarray(gains, gains + outputs)).toEqual(new Float32Array(outputs).fill(1));
    expect(start.subarray(gains + outputs, gains + 2 * outputs)).toEqual(new Float32Array(outputs));
  });
});

it('gives each replica its own start, unless it is shared', () => {
  const layout = layoutOf(DEFAULT_EXPERIMENT, 1, 1);
  const start = (e: Experiment, replica: number) => Array.from(initialWeights(layout, e, replica));
  expect(start(DEFAULT_EXPERIMENT, 1)).not.toEqual(start(DEFAULT_EXPERIMENT, 0));
  const redraw = { ...DEFAULT_EXPERIMENT.replicas.redraw, weights: false };
  const shared: Experiment = { ...DEFAULT_EXPERIMENT, replicas: { ...DEFAULT_EXPERIMENT.replicas, redraw } };
  expect(start(shared, 5)).toEqual(start(DEFAULT_EXPERIMENT, 0));
});
