/** @file A replay that grows with the tape equals the replay of the whole. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measuresOf } from './monitors.ts';
import { GrowingReplay, replayPolicy } from './replay.ts';
import { policiesOn } from './arbitrary-policy.testing.ts';
import { recordsOf } from './records.ts';
import { RULES } from './rules/index.ts';
import { record, tapeOf } from './tape.testing.ts';

const R = 3;

it('says at every length what a replay from the beginning says', () => {
  const policies = policiesOn(measuresOf({ classification: false, gradients: false }));
  const curve = fc.array(fc.constantFrom(NaN, 0.1, 0.2, 0.5, 0.7, 1), { minLength: 12 * R, maxLength: 12 * R });
  fc.assert(
    fc.property(
      policies,
      curve,
      curve,
      fc.array(fc.integer({ min: 1, max: 5 })),
      (policy, validation, train, steps) => {
        const recorded = {
          validationLoss: (r: number, e: number) => validation[e * R + r]!,
          trainLoss: (r: number, e: number) => train[e * R + r]!,
        };
        const tape = tapeOf({ replicas: R, epochs: 12 }, recorded, 1);
        const growing = new GrowingReplay(tape, policy, RULES);
        for (const step of steps) {
          expect(growing.read()).toEqual(replayPolicy(recordsOf(tape), policy, RULES));
          record(tape, recorded, Math.min(12, tape.length + step));
        }
        expect(growing.read()).toEqual(replayPolicy(recordsOf(tape), policy, RULES));
      },
    ),
  );
});
