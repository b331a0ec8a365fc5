/** @file The rule in a policy is the rule itself, on every sequence on which the real callback ran. */
import { expect, it } from 'vitest';
import { replayKeras, type KerasRule } from '../keras.ts';
import { kerasPolicy } from './keras-policy.ts';
import { replayPolicy } from '../policy-replay.ts';
import { DEFAULT_EXPERIMENT, type StoppingSettings } from '../../engine/experiment/experiment.ts';
import fc from 'fast-check';
import { RULES } from './index.ts';

const value = fc.oneof(
  fc.float({ min: 0, max: 2, noNaN: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, null, 0.5, 0.75),
);

it('stops where the rule stops, restores what it restores and counts as it counts', () => {
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 30 }),
      fc.record({
        patience: fc.nat(5),
        minDelta: fc.constantFrom(0, 0.25, 0.001),
        mode: fc.constantFrom('min' as const, 'max' as const),
        baseline: fc.constantFrom(null, 0.5),
        startFromEpoch: fc.nat(4),
        restoreBestWeights: fc.boolean(),
      }),
      (values, parts) => {
        const settings: StoppingSettings = { ...DEFAULT_EXPERIMENT.stopping, ...parts };
        const record = {
          epochs: values.length,
          curves: { 'validation-loss': values },
          testLoss: null,
          error: null,
        };
        const [replay] = replayPolicy([record], kerasPolicy(settings), RULES);
        const { why: _, ...got } = replay!;
        expect(got).toEqual(replayKeras(values, parts satisfies KerasRule));
      },
    ),
  );
});
