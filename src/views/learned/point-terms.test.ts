/** @file What is said of one place: its own terms and predictions, under the loss that is looked through. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../../engine/experiment/experiment.ts';
import { tapeOf } from '../../stopping/tape.testing.ts';
import { pointDecomposition, pointTerms, shownLoss } from './point-terms.ts';

const classes = { ...DEFAULT_EXPERIMENT, objective: 'softmax-cross-entropy' } as const;

describe('one place', () => {
  it('has the terms of its own point at the epoch of each replica, diverged ones left out', () => {
    // At point 1 replica r says r + 1 at epoch 1; replica 2 has diverged.
    const tape = tapeOf(
      { replicas: 3, epochs: 2, points: 2 },
      {
        error: (r, e) => (r === 2 && e === 1 ? NaN : 1),
        prediction: (r, e, i) => (i === 1 ? r + e : 0),
      },
    );
    const target = {
      ...{ target: Float64Array.of(0, 1), noise: Float64Array.of(0, 0.25) },
      ...{ known: true, draws: null },
    };
    const picture = { tape, epochs: Int32Array.of(1, 1, 1) };
    const loss = shownLoss(DEFAULT_EXPERIMENT, null);
    const terms = pointTerms(picture, target, pointDecomposition(picture, target, loss, 1)!, loss, 1);
    // Predictions 1 and 2 of 1: error ½ + noise, variance ½, bias² ¼ − ½/2.
    expect(terms).toMatchObject({ error: 0.75, noise: 0.25, variance: 0.5, bias: 0, most: 0.75, truth: 1, sd: 0.5 });
    expect([...terms.predictions]).toEqual([1, 2]);
  });

  it('shows the likeliest of several classes', () => {
    const tape = tapeOf(
      { replicas: 2, epochs: 1, points: 1, outputs: 3, classification: true },
      { prediction: (r, _, k) => [0.2, 0.3 + r / 8, 0.5 - r / 8][k]! },
    );
    const target = { target: Float64Array.of(0.1, 0.7, 0.2), noise: Float64Array.of(0), known: true, draws: null };
    const picture = { tape, epochs: Int32Array.of(0, 0) };
    const loss = shownLoss(classes, 'cross-entropy');
    const terms = pointTerms(picture, target, pointDecomposition(picture, target, loss, 1)!, loss, 0);
    expect([terms.truth, terms.sd]).toEqual([0.7, 0]);
    expect([...terms.predictions]).toEqual([0.3, 0.425].map((p) => expect.closeTo(p, 6)));
    expect(terms.noise + terms.bias + terms.variance).toBeCloseTo(terms.error, 12);
  });
});

it('is looked at through the chosen loss only where that fits', () => {
  expect(shownLoss(DEFAULT_EXPERIMENT, 'absolute').short).toBe('absolute error');
  expect(shownLoss(DEFAULT_EXPERIMENT, 'cross-entropy').short).toBe('squared error');
  expect(shownLoss(classes, 'absolute').short).toBe('Brier score');
});
