/** @file What a step of Nadam is told, against the product over all steps. */
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../../experiment/experiment.ts';
import { optimizerDefaults } from '../../training/optimizers.ts';
import { nadamMomenta } from '../plain/optimizer.ts';
import { coefficientsOf } from './coefficients.ts';

it.each([0, 0.5, 0.9, 0.99999])('needs only the first momenta of Nadam with β₁ = %d', (beta1) => {
  const optimizer = { ...optimizerDefaults('nadam'), beta1 } as ReturnType<typeof optimizerDefaults>;
  for (const step of [1, 2, 10, 63, 64, 65, 100, 20000]) {
    const { now, next, product, nextProduct } = nadamMomenta(beta1, step);
    const { ahead, here } = coefficientsOf({ ...DEFAULT_EXPERIMENT.training, optimizer }, 0.01, step);
    // To the last bits of float64.
    expect(ahead).toBeCloseTo(next / (1 - nextProduct), 14);
    expect(here).toBeCloseTo((1 - now) / (1 - product), 14);
  }
});
