/** @file Halting a live run against replaying the rule on the whole tape. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, type Experiment, type Policy } from '../engine/experiment/experiment.ts';
import { pastOf } from '../engine/record/recorded-block.ts';
import { curvesOf, Tape, type Block, type TapeShape } from '../engine/record/tape.ts';
import { haltingOf } from './halting.ts';
import { measuresOf } from './monitors.ts';
import { policiesOn } from './arbitrary-policy.testing.ts';
import { replayTape } from './replay.ts';
import { RULES } from './rules/index.ts';

const shapeOf = (classification: boolean): TapeShape => ({
  replicas: 2,
  epochs: 40,
  points: 3,
  outputs: 1,
  classification,
});

/** Something else on each curve of each replica, from one list. */
function block(shape: TapeShape, first: number, count: number, values: readonly number[]): Block {
  const rows = (shift: number) =>
    Float32Array.from({ length: count * 2 }, (_, i) => values[(first + Math.floor(i / 2) + 5 * (i % 2) + shift) % 40]!);
  return {
    first,
    count,
    curves: Object.fromEntries(curvesOf(shape).map((name, i) => [name, rows(3 * i)])),
    predictions: new Float32Array(count * 6),
    elapsedMs: 1,
    measuringMs: 0,
  };
}

function halted(policy: Policy | null, patience = 3, source = 'moons'): Experiment {
  const parsed = withDefaults({
    data: { source },
    training: { haltWhenStopped: true, gradientNoise: source === 'moons' },
    replicas: { count: 2 },
    stopping: { policy, patience },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

const values = fc.array(
  fc.oneof(
    { arbitrary: fc.double({ min: 0, max: 2, noNaN: true }), weight: 9 },
    fc.constantFrom(0, 0.5, 1, NaN, Infinity),
  ),
  { minLength: 40, maxLength: 40 },
);
const policies = fc.option(policiesOn(measuresOf({ classification: true, gradients: true })), { freq: 9 });

it('halts at the epoch at which the last replica’s replay stops, by any policy, also in a run that was resumed', async () => {
  const shape = shapeOf(true);
  await fc.assert(
    fc.asyncProperty(values, policies, fc.nat(6), fc.nat(39), async (history, policy, patience, cut) => {
      const experiment = halted(policy, patience);
      const tape = new Tape(shape);
      let halting = (await haltingOf(experiment))!;
      let halts = false;
      while (!halts && tape.length < 40) {
        if (tape.length === cut) {
          halting = (await haltingOf(experiment))!;
          const past = pastOf(tape);
          if (past) expect(halting.observe(past)).toBe(false);
        }
        const next = block(shape, tape.length, 1, history);
        halts = halting.observe(next);
        tape.append(next);
      }
      const live = tape.length;
      while (tape.length < 40) tape.append(block(shape, tape.length, 1, history));
      const replays = replayTape(tape, experiment.stopping.policy, RULES);
      expect(halts).toBe(replays.every(({ fired }) => fired));
      if (halts) expect(live - 1).toBe(Math.max(...replays.map(({ stop }) => stop)));
    }),
    { numRuns: 300 },
  );
});

it('takes blocks of several epochs as well as single ones', async () => {
  const shape = shapeOf(false);
  await fc.assert(
    fc.asyncProperty(
      values,
      policiesOn(measuresOf({ classification: false, gradients: false })),
      async (history, policy) => {
        const experiment = halted(policy, 3, 'sine');
        const one = (await haltingOf(experiment))!;
        const many = (await haltingOf(experiment))!;
        let halts = false;
        for (let e = 0; e < 40; e++) halts = one.observe(block(shape, e, 1, history));
        expect(many.observe(block(shape, 0, 40, history))).toBe(halts);
      },
    ),
  );
});

it('is nothing for a run that trains to the end', async () => {
  expect(await haltingOf(DEFAULT_EXPERIMENT)).toBeNull();
});

it('refuses a policy that cannot decide in this run, by field', async () => {
  const refused = (policy: unknown) => haltingOf(halted(policy as Policy, 3, 'sine'));
  await expect(refused({ any: [{ rule: 'budget', monitor: 'validation-f1' }] })).rejects.toThrow(
    'stopping.policy.any.0.monitor: "validation-f1" is recorded only for classes, which this experiment has not; use validation-loss, training-loss',
  );
  await expect(refused({ rule: 'budget', epochs: 0.5 })).rejects.toThrow(
    'stopping.policy.epochs: 0.5 must be a whole number from 1 to 1000000',
  );
});
