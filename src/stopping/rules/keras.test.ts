/** @file The rule in a policy is the rule itself, on every sequence on which the real callback ran. */
import { expect, it } from 'vitest';
import { replayKeras } from '../keras.ts';
import { kerasPolicy, kerasRuleOf } from '../keras.testing.ts';
import { begun, follow, replayPolicy, told } from '../replay.ts';
import fc from 'fast-check';
import { RULES } from './index.ts';

const value = fc.oneof(
  fc.float({ min: 0, max: 2, noNaN: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, null, 0.5, 0.75),
);

it('stops, epoch by epoch and at once, where the rule stops, restores what it restores and counts as it counts', () => {
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 30 }),
      fc.record({
        patience: fc.nat(5),
        min_delta: fc.constantFrom(0, 0.25, 0.001),
        mode: fc.constantFrom('min' as const, 'max' as const),
        baseline: fc.constantFrom(null, 0.5),
        start_from_epoch: fc.nat(4),
        restore_best_weights: fc.boolean(),
      }),
      (values, parts) => {
        const policy = kerasPolicy(parts);
        const record = {
          epochs: values.length,
          curves: { 'validation-loss': values },
          testLoss: null,
          error: null,
        };
        const { why, ...got } = told(follow(begun(policy, RULES), record, ['validation-loss'], 0));
        expect(got).toEqual(replayKeras(values, kerasRuleOf(policy)));
        expect(replayPolicy([record], policy, RULES)).toEqual([{ ...got, why }]);
      },
    ),
  );
});
