/** @file Layer normalisation against PyTorch's, and against its closed form for two units; conformance/layer_norm.py asks. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, type Experiment } from '../experiment/experiment.ts';
import fixture from '../fixtures/layer-norm.json' with { type: 'json' };
import { NORM_EPSILON, normalise } from './layer-norm.ts';
import { forward, layoutOf } from './network.ts';
import { lossAndGradient } from '../trainers/plain/gradient.ts';

/** Largest difference, relative where the expected number is above 1: the fixture has twelve digits. */
const distance = (got: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((e, i) => Math.abs(got[i]! - e) / Math.max(1, Math.abs(e))));

describe.each(fixture.cases)('as $name in PyTorch', ({ hidden, features, parameters, x, y, ...expected }) => {
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    model: { ...DEFAULT_EXPERIMENT.model, hidden, activation: 'tanh', layerNorm: true },
    objective: 'squared-error',
  };
  const layout = layoutOf(experiment, features, 1);

  it('has its parameters and outputs', () => {
    expect(parameters).toHaveLength(layout.parameters);
    expect(expected.outputs).toHaveLength(y.length);
    expect(distance(forward(layout, parameters, x, y.length), expected.outputs)).toBeLessThan(1e-10);
  });

  it('has its loss and gradient', () => {
    const { loss, gradient } = lossAndGradient(layout, experiment, Float64Array.from(parameters), { x, y });
    expect(distance([loss], [expected.loss])).toBeLessThan(1e-10);
    expect(expected.gradient).toHaveLength(gradient.length);
    expect(distance(gradient, expected.gradient)).toBeLessThan(1e-10);
  });
});

it('makes of two sums their half difference over the root of its square and ε, up and down', () => {
  const theta = Float64Array.of(2, 3, 0.5, -1);
  for (const half of [0, 0.001, 1, 40]) {
    const { sums, standard } = normalise(0, 2, theta, Float64Array.of(7 + half, 7 - half));
    const expected = half / Math.sqrt(half ** 2 + NORM_EPSILON);
    // 7 ± 0.001 keeps twelve digits of its difference.
    expect(distance(standard, [expected, -expected])).toBeLessThan(1e-10);
    expect(distance(sums, [2 * expected + 0.5, -3 * expected - 1])).toBeLessThan(1e-10);
  }
});
